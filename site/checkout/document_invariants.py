"""What must hold of invoices and credit notes; each check lists what is off, as sentences."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, F, Max, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from checkout.enums import INVOICED_STATUSES, PaymentEffect, RefundStatus
from checkout.models import CreditNote, DocumentSeries, Invoice, Order, Refund

LATEST_CREDIT_NOTE = timedelta(minutes=5)
NOTHING = Value(Decimal(0))


def check_invoices() -> Iterator[str]:
    """Each order that is paid or sent has its invoice, of its total; of others only one that was taken back whole."""
    sold = Q(status__in=INVOICED_STATUSES)
    for order in Order.objects.filter(sold, invoice=None):
        yield f"Order {order.pk}: {order.status} without an invoice."
    credited = Coalesce(Sum("invoice__credit_notes__total"), NOTHING)
    kept = Order.objects.exclude(sold).exclude(invoice=None).annotate(credited=credited)
    for order in kept.exclude(credited=F("total")):
        yield f"Order {order.pk}: {order.status} although it has an invoice."
    for invoice in Invoice.objects.exclude(total=F("order__total")).select_related("order"):
        yield f"Invoice {invoice.number}: {invoice.total}, its order {invoice.order.total}."


def check_document_lines() -> Iterator[str]:
    """A document's lines make it up, and a credit note is its refund."""
    for model in (Invoice, CreditNote):
        for row in model.objects.annotate(of_lines=Coalesce(Sum("lines__total"), NOTHING)):
            if row.total != row.of_lines:
                yield f"{row.number}: {row.total}, its lines {row.of_lines}."
    for note in (
        CreditNote.objects.exclude(refund=None).exclude(total=F("refund__amount")).select_related("refund")
    ):
        yield f"{note.number}: {note.total}, its refund {note.refund.amount}."


def check_credit_notes() -> Iterator[str]:
    """Each refund that arrived has its credit note, and no invoice is credited beyond its total."""
    arrived = Refund.objects.filter(
        status=RefundStatus.PROCESSED,
        payment__effect=PaymentEffect.APPLIED,
        credit_note=None,
        created_at__lt=timezone.now() - LATEST_CREDIT_NOTE,
    )
    for refund in arrived:
        yield f"Refund {refund.key}: processed without a credit note."
    for invoice in Invoice.objects.annotate(credited=Coalesce(Sum("credit_notes__total"), NOTHING)):
        if invoice.credited > invoice.total:
            yield f"Invoice {invoice.number}: {invoice.credited} credited of {invoice.total}."


def check_numbers() -> Iterator[str]:
    """The documents of a series count from 1 to its last number, without a gap."""
    found: dict[int, tuple[int, int]] = {}
    for model in (Invoice, CreditNote):
        rows = (
            model.objects.order_by().values_list("series").annotate(count=Count("pk"), last=Max("sequence"))
        )
        for series_id, count, last in rows:
            before = found.get(series_id, (0, 0))
            found[series_id] = (before[0] + count, max(before[1], last))
    for series in DocumentSeries.objects.all():
        count, last = found.get(series.pk, (0, 0))
        if not count == last == series.last_number:
            yield f"Series {series}: {count} documents, the last {last}, counted to {series.last_number}."


DOCUMENT_CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    check_invoices,
    check_document_lines,
    check_credit_notes,
    check_numbers,
)
