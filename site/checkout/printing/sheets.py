"""A document as PDF: the same rows and the same look make the same bytes."""

from functools import partial
from io import BytesIO

from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Spacer, Table

from checkout.models import CreditNote, Invoice
from checkout.models.document import Document
from checkout.printing.look import Look
from checkout.printing.parties import PLAIN, build_head, build_parties, credit_note_facts, invoice_facts
from checkout.printing.scripts import needs_scripts
from checkout.printing.styles import (
    BOLD,
    INK,
    LABEL,
    LINE,
    MARGIN,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    REGULAR,
    RUNNING_NAME,
    SMALL_MUTED,
    STRONG,
    WIDTH,
    register_fonts,
    write,
)
from checkout.printing.tables import build_lines, build_sums, build_tax_summary
from checkout.printing.words import spell_amount

BAND = 5.0  # the stripe of the shop's colour along the upper edge
FOOT = 46.0
RUNNING_HEAD = 34.0


def print_invoice(invoice: Invoice, *, look: Look) -> bytes:
    """The order and the lines are loaded."""
    return print_sheets(invoice, facts=invoice_facts(invoice), label=_("Total"), look=look)


def print_credit_note(note: CreditNote, *, look: Look) -> bytes:
    """The invoice, its order and the lines are loaded."""
    return print_sheets(note, facts=credit_note_facts(note), label=_("Credited"), look=look)


def print_sheets(document: Document, *, facts: list[tuple[str, str]], label: str, look: Look) -> bytes:
    register_fonts()
    lines = list(document.lines.all())
    story = [
        *build_head(document, look),
        *build_parties(document, facts),
        build_lines(document, lines, look),
        Spacer(1, 10),
        build_close(document, look, label=label),
    ]
    if document.names_tax:
        story += [
            Spacer(1, 14),
            write(_("Tax by HSN code and rate"), LABEL),
            build_tax_summary(document, lines),
        ]
    if document.terms:
        story.append(
            KeepTogether([Spacer(1, 14), write(_("Terms"), LABEL), write(document.terms, SMALL_MUTED)])
        )
    return lay_out(story, document=document, look=look)


def build_close(document: Document, look: Look, *, label: str) -> Flowable:
    """The sums on the right; on the left the amount in words, and who signs."""
    width = WIDTH * 0.42
    said = [
        write(_("Amount in words"), LABEL),
        write(spell_amount(document.total)),
        Spacer(1, 12),
        write(_("For %(name)s") % {"name": document.seller_name}, STRONG),
        *([write(document.signatory)] if document.signatory else []),
        write(_("Authorised signatory. Issued electronically, valid without a signature."), SMALL_MUTED),
    ]
    sums = build_sums(document, look, label=label, width=width)
    table = Table([[said, sums]], colWidths=[WIDTH - width, width])
    table.setStyle(PLAIN)
    table.setStyle([("RIGHTPADDING", (0, 0), (0, 0), 20)])
    return KeepTogether([table])


def lay_out(story: list[Flowable], *, document: Document, look: Look) -> bytes:
    written = BytesIO()
    paper = BaseDocTemplate(
        written,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        title=f"{document.get_kind_display()} {document.number}",
        author=document.seller_name,
        subject=_("Issued by %(name)s") % {"name": document.seller_name},
        creator=look.name,
        lang="en-IN",
        invariant=1,  # no clock and no chance in the file
    )
    height = PAGE_HEIGHT - MARGIN - FOOT
    first = Frame(MARGIN, FOOT, WIDTH, height, 0, 0, 0, 0)
    later = Frame(MARGIN, FOOT, WIDTH, height - RUNNING_HEAD, 0, 0, 0, 0)
    draw_later = partial(draw_running_head, document=document, look=look)
    paper.addPageTemplates(
        [
            PageTemplate("first", [first], autoNextPageTemplate="later"),
            PageTemplate("later", [later], onPage=draw_later),
        ]
    )
    paper.build(story, canvasmaker=partial(CountedSheets, document=document, look=look))
    return written.getvalue()


def draw_running_head(canvas: Canvas, _paper, *, document: Document, look: Look) -> None:
    """What a later sheet belongs to."""
    base = PAGE_HEIGHT - MARGIN - 8
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 9)
    draw_text(canvas, look.name, x=MARGIN, y=base, style=RUNNING_NAME)
    canvas.setFont(REGULAR, 8)
    canvas.drawRightString(PAGE_WIDTH - MARGIN, base, f"{document.get_kind_display()} {document.number}")
    canvas.setStrokeColor(LINE)
    canvas.line(MARGIN, base - 8, PAGE_WIDTH - MARGIN, base - 8)


def draw_text(canvas: Canvas, text: str, *, x: float, y: float, style: ParagraphStyle) -> None:
    """One line of text with its feet at `y`, in the font that is set; in other scripts with theirs."""
    if not needs_scripts(text):
        canvas.drawString(x, y, text)
        return
    line = write(text, style)
    _width, height = line.wrap(WIDTH, PAGE_HEIGHT)
    # A paragraph hangs from above: its first line stands a font size below its upper edge.
    line.drawOn(canvas, x, y + line.style.fontSize - height)


class CountedSheets(Canvas):
    """Draws band and foot on each sheet at the end, when it is known how many there are."""

    def __init__(self, *args, document: Document, look: Look, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.document, self.look = document, look
        self.sheets: list[dict] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self.sheets.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        count = len(self.sheets)
        for sheet in self.sheets:
            self.__dict__.update(sheet)
            self.draw_edges(count)
            super().showPage()
        super().save()

    def draw_edges(self, count: int) -> None:
        self.setFillColor(HexColor(self.look.accent))
        self.rect(0, PAGE_HEIGHT - BAND, PAGE_WIDTH, BAND, stroke=0, fill=1)
        self.setStrokeColor(LINE)
        self.setLineWidth(0.5)
        self.line(MARGIN, FOOT - 12, PAGE_WIDTH - MARGIN, FOOT - 12)
        self.setFillColor(MUTED)
        self.setFont(REGULAR, 7)
        foot = self.document.footer or self.document.seller_name
        draw_text(self, foot, x=MARGIN, y=FOOT - 23, style=SMALL_MUTED)
        self.setFont(REGULAR, 7)
        page = _("Page %(page)d of %(count)d") % {"page": self.getPageNumber(), "count": count}
        self.drawRightString(PAGE_WIDTH - MARGIN, FOOT - 23, page)
