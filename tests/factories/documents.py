"""Invoices and credit notes, through the orders and refunds that make them."""

from decimal import Decimal

from checkout.models import CreditNote, Invoice, Order
from checkout.services.refund_sending import settle_refund
from checkout.services.refunds import refund_order
from shop.models import Product
from tests.factories.catalogue import make_item, make_tax_class
from tests.factories.orders import make_paid_order


def make_taxed_item(rate="18.00", *, unit_price="100.00", **facts) -> Product:
    """A product with a tax class of this rate."""
    tax_class = make_tax_class(name=f"GST {rate}", rate=rate)
    return make_item(unit_price=unit_price, tax_class_id=tax_class.pk, **facts)


def make_invoice(*lines: tuple[Product, int], **fields) -> Invoice:
    return make_paid_order(*lines, **fields).invoice


def make_credit_note(
    order: Order, *, amount: str | None = None, lines: dict[int, int] | None = None
) -> CreditNote:
    """The credit note of a refund that Razorpay has carried out."""
    wanted = Decimal(amount) if amount else None
    refund = refund_order(order_id=order.pk, reason="Broken", amount=wanted, lines=lines)
    settle_refund(refund_id=refund.pk, razorpay_refund_id=f"rfnd_{refund.pk}", status="processed")
    return CreditNote.objects.get(refund=refund)
