"""The database itself refuses what no service writes."""

import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from checkout.models import Cart, CartItem, Order, OrderItem, Payment, PaymentIntent, Refund, WebhookEvent
from tests.factories.carts import make_full_cart
from tests.factories.orders import make_intent, make_order, make_paid_order
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db


def refused(name: str):
    return pytest.raises(IntegrityError, match=name)


def copy(row: models.Model, **columns) -> None:
    """Insert the row once more, with other values in these columns."""
    row.pk = None
    row._state.adding = True
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def test_customer_has_one_cart():
    customer = make_customer()
    Cart.objects.create(customer=customer)
    with refused("customer_id"), transaction.atomic():
        Cart.objects.create(customer=customer)


def test_product_stands_once_in_a_cart():
    item = make_full_cart().items.get()
    with refused("product_once_per_cart|checkout_cartitem"), transaction.atomic():
        copy(item)


def test_cart_line_of_nothing_is_refused():
    make_full_cart()
    with refused("cart_item_quantity_positive"), transaction.atomic():
        CartItem.objects.update(quantity=0)


def test_cart_makes_one_order():
    order = make_order()
    with refused("cart_id"), transaction.atomic():
        copy(order, guest_key="another")


def test_guest_key_opens_one_order():
    order = make_order()
    with refused("guest_key"), transaction.atomic():
        copy(order, cart_id=uuid.uuid4())


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({"total": F("total") + 1}, "order_total_adds_up"),
        ({"shipping": Decimal("0.01")}, "order_total_adds_up"),
        ({"discount": Decimal("0.01")}, "order_total_adds_up"),
        ({"discount": F("subtotal") + 1, "total": Decimal(-1)}, "order_total_not_negative"),
        ({"status": "lost"}, "order_status_is_known"),
    ],
)
def test_order_refuses(columns, name):
    make_order()
    with refused(name), transaction.atomic():
        Order.objects.update(**columns)


def test_order_adds_up_with_shipping_and_discount():
    make_order()
    Order.objects.update(
        shipping=Decimal("49.10"),
        discount=Decimal("10.07"),
        tier_discount=Decimal("4.00"),
        coupon_discount=Decimal("6.07"),
        total=F("subtotal") + Decimal("39.03"),
    )
    assert Order.objects.get().total == Decimal("149.03")


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({"quantity": 0, "total": 0}, "order_item_quantity_positive"),
        ({"quantity": 2}, "order_item_total_adds_up"),
        ({"total": F("total") + Decimal("0.01")}, "order_item_total_adds_up"),
        ({"unit_tax": 0}, "order_item_total_adds_up"),
        ({"taxable": F("taxable") + Decimal("0.01")}, "order_item_parts_add_up"),
        ({"coupon_discount": 1}, "order_item_parts_add_up"),
        (
            {"taxable": Decimal("-0.01"), "igst": F("total") + Decimal("0.01"), "cgst": 0, "sgst": 0},
            "order_item_taxable",
        ),
    ],
)
def test_order_line_refuses(columns, name):
    make_order()
    with refused(name), transaction.atomic():
        OrderItem.objects.update(**columns)


def test_product_stands_once_in_an_order():
    item = make_order().items.get()
    with refused("product_once_per_order|checkout_orderitem"), transaction.atomic():
        copy(item)


def test_order_with_lines_and_audit_is_never_deleted():
    order = make_order()
    with pytest.raises(models.ProtectedError):
        order.delete()
    assert Order.objects.filter(pk=order.pk).exists()


def test_customer_with_orders_is_never_deleted():
    customer = make_customer()
    make_order(customer=customer)
    with pytest.raises(models.ProtectedError):
        customer.delete()


def test_ordered_product_is_never_deleted():
    product = make_order().items.get().product
    with pytest.raises(models.ProtectedError):
        product.delete()


@pytest.mark.parametrize("column", ["receipt", "razorpay_order_id"])
def test_intent_has_names_of_its_own(column):
    intent = make_intent(make_order())
    names = {"receipt": "other", "razorpay_order_id": "order_other"}
    del names[column]
    with refused(column), transaction.atomic():
        copy(intent, **names)


def test_intents_without_a_name_yet_do_not_collide():
    order = make_order()
    for _ in range(2):
        PaymentIntent.objects.create(order=order, amount=1, currency="INR")
    assert PaymentIntent.objects.filter(razorpay_order_id=None).count() == 2
    assert len(set(PaymentIntent.objects.values_list("receipt", flat=True))) == 2


def test_payment_is_written_once_per_provider():
    payment = make_paid_order().payments.get()
    with refused("payment_once_per_provider|checkout_payment"), transaction.atomic():
        copy(payment)
    copy(payment, provider="another")
    assert Payment.objects.count() == 2


def test_payment_has_no_effect_before_it_is_captured():
    make_paid_order()
    with refused("payment_effect_needs_capture"), transaction.atomic():
        Payment.objects.update(captured_at=None)
    Payment.objects.update(captured_at=None, effect="")


@pytest.mark.parametrize("amount", ["0.00", "-0.01"])
def test_refund_of_nothing_is_refused(amount):
    payment = make_paid_order().payments.get()
    with refused("refund_amount_positive"), transaction.atomic():
        Refund.objects.create(payment=payment, key="k", amount=Decimal(amount), reason="None")


def test_refund_key_is_taken_once():
    payment = make_paid_order().payments.get()
    Refund.objects.create(payment=payment, key="k", amount=1, reason="Once")
    with refused("key"), transaction.atomic():
        Refund.objects.create(payment=payment, key="k", amount=1, reason="Twice")


def test_event_is_stored_once():
    WebhookEvent.objects.create(event_id="evt_1", name="order.paid", body="{}", received_at=timezone.now())
    with refused("event_id"), transaction.atomic():
        WebhookEvent.objects.create(event_id="evt_1", name="order.paid", body="{}")
