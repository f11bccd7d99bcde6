"""The upper part of the sheet: who sold what to whom, when and where to."""

from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image as Picture
from PIL import UnidentifiedImageError
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Image, Spacer, Table, TableStyle

from checkout.enums import DocumentKind
from checkout.models.document import Document
from checkout.numbers import find_day
from checkout.printing.look import Look
from checkout.printing.styles import (
    BODY,
    LABEL,
    LINE,
    SHOP,
    SMALL_MUTED,
    STRONG,
    SUBTITLE,
    TITLE,
    WIDTH,
    write,
)
from checkout.printing.words import write_day

LOGO_WIDTH, LOGO_HEIGHT = 150.0, 40.0
PLAIN = TableStyle(
    [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)


def build_head(document: Document, look: Look) -> list[Flowable]:
    """The shop's name or logo, and what the document is."""
    name = [write(document.get_kind_display(), TITLE), write(document.number, SUBTITLE)]
    if document.kind not in (DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE):
        name.append(write(_("Original for recipient"), SUBTITLE))
    table = Table([[draw_logo(look) or write(look.name, SHOP), name]], colWidths=[WIDTH * 0.55, WIDTH * 0.45])
    table.setStyle(PLAIN)
    return [table, Spacer(1, 14)]


def draw_logo(look: Look) -> Image | None:
    """The logo, no larger than its place. What Pillow cannot read is left out: the name stands there then."""
    if not look.logo:
        return None
    try:
        with Picture.open(BytesIO(look.logo)) as picture:
            drawn = BytesIO()
            picture.convert("RGBA").save(drawn, "PNG")
    except (UnidentifiedImageError, OSError):
        return None
    drawn.seek(0)
    width, height = ImageReader(drawn).getSize()
    factor = min(LOGO_WIDTH / width, LOGO_HEIGHT / height)
    drawn.seek(0)
    return Image(drawn, width=width * factor, height=height * factor, hAlign="LEFT", mask="auto")


def build_parties(document: Document, facts: list[tuple[str, str]]) -> list[Flowable]:
    """Seller, buyer and facts side by side."""
    columns = [[describe_seller(document), describe_buyer(document), list_facts(facts)]]
    table = Table(columns, colWidths=[WIDTH * 0.33, WIDTH * 0.34, WIDTH * 0.33])
    table.setStyle(PLAIN)
    table.setStyle(
        TableStyle(
            [
                ("RIGHTPADDING", (0, 0), (1, 0), 14),
                ("LINEABOVE", (0, 0), (-1, 0), 0.6, LINE),
                ("TOPPADDING", (0, 0), (-1, -1), 8),
            ]
        )
    )
    return [table, Spacer(1, 14)]


def describe_seller(document: Document) -> list[Flowable]:
    lines = [write(_("Sold by"), LABEL), write(document.seller_name, STRONG)]
    if document.seller_trade_name not in ("", document.seller_name):
        lines.append(write(_("trading as %(name)s") % {"name": document.seller_trade_name}, SMALL_MUTED))
    lines.append(write(document.seller_address))
    if document.claims_tax:
        lines.append(write(f"GSTIN {document.seller_gstin}", STRONG))
        lines.append(write(f"PAN {document.seller_pan}"))
    lines.append(write(document.seller_contact, SMALL_MUTED))
    return lines


def describe_buyer(document: Document) -> list[Flowable]:
    """A business is billed by its own name and number; the goods go to the person at the address."""
    lines = [write(_("Billed and delivered to"), LABEL)]
    if document.buyer_company:
        lines.append(write(document.buyer_company, STRONG))
        lines.append(write(document.buyer_name))
    else:
        lines.append(write(document.buyer_name or _("Handed over in person"), STRONG))
    lines.append(write(document.buyer_address))
    if document.buyer_gstin:
        lines.append(write(f"GSTIN {document.buyer_gstin}", STRONG))
    return lines


def list_facts(facts: list[tuple[str, str]]) -> Table:
    rows = [[write(label, SMALL_MUTED), write(value, BODY)] for label, value in facts if value]
    table = Table(rows, colWidths=[WIDTH * 0.13, WIDTH * 0.20], hAlign="LEFT")
    table.setStyle(PLAIN)
    table.setStyle(TableStyle([("BOTTOMPADDING", (0, 0), (-1, -1), 2.5)]))
    return table


def invoice_facts(invoice) -> list[tuple[str, str]]:
    facts = [
        (_("Number"), invoice.number),
        (_("Date"), write_day(invoice.issued_on)),
        (_("Order"), f"#{invoice.order.number}, {write_day(find_day(invoice.order.placed_at))}"),
    ]
    return facts + supply_facts(invoice)


def credit_note_facts(note) -> list[tuple[str, str]]:
    facts = [
        (_("Number"), note.number),
        (_("Date"), write_day(note.issued_on)),
        (_("For invoice"), f"{note.invoice.number}, {write_day(note.invoice.issued_on)}"),
        (_("Order"), f"#{note.invoice.order.number}"),
        (_("Reason"), note.reason),
    ]
    return facts + supply_facts(note)


def supply_facts(document: Document) -> list[tuple[str, str]]:
    if not document.claims_tax:
        return []
    return [(_("Place of supply"), document.place_label), (_("Reverse charge"), _("No"))]
