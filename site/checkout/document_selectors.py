"""What the order page tells of an order's taxes and documents, from what was stored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from checkout.enums import OrderStatus
from checkout.models import Invoice, Order, OrderItem
from checkout.models.document import UNION_TERRITORIES
from shop.pricing import ZERO


@dataclass(frozen=True)
class ListedDocument:
    """A document to download."""

    label: str
    number: str
    url: str


@dataclass(frozen=True)
class TaxAmount:
    label: str
    amount: Decimal


def list_taxes(order: Order, items: Iterable[OrderItem]) -> list[TaxAmount]:
    """The taxes contained in an order's total; those that are zero are left out."""
    items = list(items)
    local = "UTGST" if order.place_of_supply in UNION_TERRITORIES else "SGST"
    sums = [
        TaxAmount("CGST", sum((item.cgst for item in items), order.shipping_cgst)),
        TaxAmount(local, sum((item.sgst for item in items), order.shipping_sgst)),
        TaxAmount("IGST", sum((item.igst for item in items), order.shipping_igst)),
    ]
    return [tax for tax in sums if tax.amount > ZERO]


def list_documents(order: Order, make_url: Callable[..., str]) -> list[ListedDocument]:
    """The invoice and its credit notes; `make_url` takes a credit note's id, or nothing for the invoice.

    A cancelled order may have had an invoice, which its credit note took back: both stay to be had.
    """
    if order.status in (OrderStatus.PLACED, OrderStatus.EXPIRED):
        return []
    invoice = Invoice.objects.filter(order=order).prefetch_related("credit_notes").first()
    if invoice is None:
        return []
    notes = sorted(invoice.credit_notes.all(), key=lambda note: note.pk)
    return [
        ListedDocument(label=invoice.get_kind_display(), number=invoice.number, url=make_url()),
        *(
            ListedDocument(label=note.get_kind_display(), number=note.number, url=make_url(note.pk))
            for note in notes
        ),
    ]
