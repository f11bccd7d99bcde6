"""The lines of a document, its sums and its taxes by HSN code and rate, in aligned columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from reportlab.platypus import Flowable, LongTable, Paragraph, Table, TableStyle

from checkout.models.document import Document, DocumentLine
from checkout.printing.look import Look
from checkout.printing.styles import (
    BODY,
    GRAND,
    GRAND_NUMBER,
    HEAD,
    HEAD_NUMBER,
    LINE,
    NUMBER,
    NUMBER_SMALL,
    SMALL,
    SMALL_MUTED,
    WIDTH,
    tint,
    write,
)
from checkout.printing.words import write_amount, write_rate, write_rupees
from shop.enums import TaxKind
from shop.pricing import ZERO


@dataclass(frozen=True)
class Column:
    """A column of figures; the first column, of titles, takes the width that is left."""

    title: str
    width: float
    show: Callable[[DocumentLine], str]


def choose_columns(document: Document, lines: Sequence[DocumentLine]) -> list[Column]:
    """What this document has to show: no discount where there is none, no tax where none is named."""
    columns = [Column(_("Qty"), 26, lambda line: f"{line.quantity}" if line.quantity else "–")]
    if hasattr(lines[0], "unit_price"):
        title = _("Price incl. tax") if document.names_tax else _("Price")
        columns.append(Column(title, 54, lambda line: write_amount(line.unit_price)))
        if any(line.discount for line in lines):
            columns.append(Column(_("Discount"), 50, lambda line: write_amount(line.discount)))
    if document.names_tax:
        columns.append(Column(_("Taxable value"), 58, lambda line: write_amount(line.taxable)))
        columns.append(Column(_("Tax"), 44, show_rate))
        columns += [
            Column(label, 50, lambda line, name=name: write_amount(getattr(line, name)))
            for label, name in name_taxes(document)
        ]
    columns.append(Column(_("Total ₹"), 60, lambda line: write_amount(line.total)))
    return columns


def name_taxes(document: Document) -> list[tuple[str, str]]:
    """The taxes of the document: label and column."""
    if document.igst or not document.is_within_state:
        return [("IGST", "igst")]
    return [("CGST", "cgst"), (document.state_tax_label, "sgst")]


def show_rate(line) -> str:
    if line.tax_kind == TaxKind.TAXABLE:
        return write_rate(line.tax_rate)
    return str(TaxKind(line.tax_kind).label)


def build_lines(document: Document, lines: Sequence[DocumentLine], look: Look) -> LongTable:
    """The table of lines; its head stands on every sheet that it runs over."""
    columns = choose_columns(document, lines)
    head = [write(_("Item"), HEAD), *(write(column.title, HEAD_NUMBER) for column in columns)]
    rows = [[describe(line), *(write(column.show(line), NUMBER) for column in columns)] for line in lines]
    first = WIDTH - sum(column.width for column in columns)
    table = LongTable([head, *rows], colWidths=[first, *(column.width for column in columns)], repeatRows=1)
    table.setStyle(line_style(look))
    return table


def describe(line: DocumentLine) -> list[Paragraph]:
    codes = [f"HSN {line.hsn_code}" if line.hsn_code else "", line.sku]
    told = " · ".join(code for code in codes if code)
    return [write(line.title, BODY), *([write(told, SMALL_MUTED)] if told else [])]


def line_style(look: Look) -> TableStyle:
    return TableStyle(
        [
            ("BACKGROUND", (0, 0), (-1, 0), tint(look.accent, 0.1)),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, tint(look.accent, 0.7)),
            ("LINEBELOW", (0, 1), (-1, -1), 0.4, LINE),
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("VALIGN", (0, 1), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4.5),
        ]
    )


def build_sums(document: Document, look: Look, *, label: str, width: float) -> Table:
    """What the lines come to; the last row is what was paid, or goes back."""
    rows = []
    if document.names_tax:
        rows.append([write(_("Taxable value")), write(write_rupees(document.taxable), NUMBER)])
        rows += [
            [write(name), write(write_rupees(getattr(document, column)), NUMBER)]
            for name, column in name_taxes(document)
        ]
    rows.append([write(label, GRAND), write(write_rupees(document.total), GRAND_NUMBER)])
    table = Table(rows, colWidths=[width * 0.45, width * 0.55])
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, -1), (-1, -1), tint(look.accent, 0.1)),
                ("LINEABOVE", (0, -1), (-1, -1), 0.8, tint(look.accent, 0.7)),
                ("TOPPADDING", (0, 0), (-1, -2), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -2), 2.5),
                ("TOPPADDING", (0, -1), (-1, -1), 4),
                ("BOTTOMPADDING", (0, -1), (-1, -1), 6),
                ("LEFTPADDING", (0, 0), (-1, -1), 6),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table


@dataclass(frozen=True)
class Summed:
    """Everything of one HSN code at one rate."""

    hsn_code: str
    rate: str
    half: str
    amounts: dict[str, Decimal]


def sum_by_rate(lines: Sequence[DocumentLine]) -> list[Summed]:
    """The lines grouped by HSN code and rate, in the order in which they first appear."""
    groups: dict[tuple, dict[str, Decimal]] = {}
    names = ("taxable", "cgst", "sgst", "igst")
    for line in lines:
        found = groups.setdefault((line.hsn_code, show_rate(line), line.tax_rate), dict.fromkeys(names, ZERO))
        for name in names:
            found[name] += getattr(line, name)
    return [
        Summed(hsn_code=code, rate=rate, half=write_rate(number / 2), amounts=amounts)
        for (code, rate, number), amounts in groups.items()
    ]


def build_tax_summary(document: Document, lines: Sequence[DocumentLine]) -> Flowable:
    """Taxes by HSN code and rate, as returns ask for them."""
    taxes = name_taxes(document)
    head = [_("HSN code"), _("Tax"), _("Taxable value"), *(label for label, _name in taxes), _("Total tax")]
    rows = [[write(text, HEAD if place < 1 else HEAD_NUMBER) for place, text in enumerate(head)]]
    for row in sum_by_rate(lines):
        cells = [row.rate, write_amount(row.amounts["taxable"])]
        for _label, name in taxes:
            rate = row.rate if name == "igst" else row.half
            cells.append(f"{write_amount(row.amounts[name])}  ({rate})")
        cells.append(write_amount(sum((row.amounts[name] for _label, name in taxes), ZERO)))
        rows.append([write(row.hsn_code or "–", SMALL), *(write(cell, NUMBER_SMALL) for cell in cells)])
    width = WIDTH / len(head)
    table = Table(rows, colWidths=[width] * len(head), repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, 0), 0.6, LINE),
                ("LINEBELOW", (0, 1), (-1, -1), 0.3, LINE),
                ("LEFTPADDING", (0, 0), (-1, -1), 3),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
            ]
        )
    )
    return table
