"""Credit notes (CGST Act, section 34): one for each refund that arrived, against the order's invoice."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from checkout.enums import PaymentEffect, RefundStatus
from checkout.models import CreditNote, CreditNoteLine, Invoice, InvoiceLine, Order, Refund
from checkout.services.document_rows import copied_columns, number_columns
from checkout.services.invoices import add_up
from checkout.services.mails import queue_credit_note
from database.sweeps import SWEEP_SIZE, sweep
from database.transactions import entry_service
from shop.models import SellerSettings
from shop.pricing import ZERO, TaxSplit, share_credit, split_credit

NOTHING = TaxSplit()


def find_missing():
    """Refunds that arrived and took something back of an invoice, and have no credit note."""
    return Refund.objects.filter(
        status=RefundStatus.PROCESSED,
        payment__effect=PaymentEffect.APPLIED,
        payment__order__invoice__isnull=False,
        credit_note=None,
    )


def issue_missing_credit_notes() -> int:
    """Answer each refund that has arrived. Returns how many."""
    return sweep(credit_refund, find_missing().order_by("pk").values_list("pk", flat=True)[:SWEEP_SIZE])


@entry_service
def credit_refund(refund_id: int) -> bool:
    """Write a refund's credit note and its mail. False where it has one already or needs none."""
    order_id = Refund.objects.values_list("payment__order_id", flat=True).get(pk=refund_id)
    order = Order.objects.select_for_update().get(pk=order_id)
    return credit_if_due(refund_id=refund_id, order=order)


def credit_if_due(*, refund_id: int, order: Order) -> bool:
    """Inner service: the caller holds the order's lock and has written the refund with its lines."""
    refund = find_missing().filter(pk=refund_id).first()
    if refund is None:
        return False
    note = issue_credit_note(refund=refund, invoice=order.invoice, at=timezone.now())
    queue_credit_note(order=order, note=note)
    return True


def issue_credit_note(*, refund: Refund, invoice: Invoice, at: datetime) -> CreditNote:
    """Inner service: the caller holds the order's lock and knows that there is none yet."""
    lines = share_refund(refund=refund, lines=list(invoice.lines.all()), before=find_credited(invoice))
    return write_credit_note(invoice=invoice, lines=lines, at=at, refund=refund, reason=refund.reason)


def credit_unpaid_invoice(*, invoice: Invoice, reason: str, at: datetime) -> CreditNote:
    """Take back the whole invoice of goods that came back before anybody paid them. Inner service."""
    before = find_credited(invoice)
    lines = [
        credit_line(line, line.total, before=before.get(line.pk, NOTHING), quantity=line.quantity)
        for line in invoice.lines.all()
    ]
    return write_credit_note(invoice=invoice, lines=lines, at=at, reason=reason)


def write_credit_note(
    *,
    invoice: Invoice,
    lines: Sequence[CreditNoteLine],
    at: datetime,
    reason: str,
    refund: Refund | None = None,
) -> CreditNote:
    note = CreditNote.objects.create(
        invoice=invoice,
        refund=refund,
        reason=reason,
        **number_columns(prefix=SellerSettings.load().credit_note_prefix, at=at),
        **copied_columns(invoice),
        **add_up(lines),
    )
    for line in lines:
        line.credit_note = note
    CreditNoteLine.objects.bulk_create(lines)
    return note


def share_refund(
    *, refund: Refund, lines: Sequence[InvoiceLine], before: Mapping[int, TaxSplit]
) -> list[CreditNoteLine]:
    """What of each line goes back: the lines that the refund names first, the rest over all that is left."""
    named = {line.item_id: line for line in refund.lines.all()}
    shares = share_credit(
        refund.amount,
        left=[line.total - before.get(line.pk, NOTHING).total for line in lines],
        named=[named[line.item_id].amount if line.item_id in named else ZERO for line in lines],
    )
    return [
        credit_line(
            line,
            share,
            before=before.get(line.pk, NOTHING),
            quantity=named[line.item_id].quantity if line.item_id in named else 0,
        )
        for line, share in zip(lines, shares, strict=True)
        if share
    ]


def find_credited(invoice: Invoice) -> dict[int, TaxSplit]:
    """What earlier credit notes took back, by line's id; a line that they left alone is not named."""
    names = ("taxable", "cgst", "sgst", "igst")
    earlier = CreditNoteLine.objects.filter(invoice_line__invoice=invoice).order_by()
    sums = earlier.values("invoice_line_id").annotate(**{f"sum_{name}": Sum(name) for name in names})
    return {row["invoice_line_id"]: TaxSplit(**{name: row[f"sum_{name}"] for name in names}) for row in sums}


def credit_line(line: InvoiceLine, amount: Decimal, *, before: TaxSplit, quantity: int) -> CreditNoteLine:
    split = split_credit(amount, whole=line.split, before=before)
    return CreditNoteLine(
        invoice_line=line,
        position=line.position,
        title=line.title,
        sku=line.sku,
        hsn_code=line.hsn_code,
        quantity=quantity,
        tax_kind=line.tax_kind,
        tax_rate=line.tax_rate,
        taxable=split.taxable,
        cgst=split.cgst,
        sgst=split.sgst,
        igst=split.igst,
        total=amount,
    )
