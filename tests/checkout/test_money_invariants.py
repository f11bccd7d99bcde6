from decimal import Decimal

import pytest
from django.utils import timezone

from checkout.invariants import CHECKS
from checkout.models import (
    Concern,
    Order,
    OrderItem,
    Payment,
    Refund,
    ReturnRequest,
    ReturnTransition,
    Shipment,
    ShipmentLine,
)
from checkout.money_invariants import (
    check_balance,
    check_concerns,
    check_parcels,
    check_refund_lines,
    check_returns,
)
from checkout.services.refund_sending import fail_refund
from checkout.services.refunds import refund_order
from checkout.services.returns import answer_return, receive_return, request_return
from shop.models import Product, StockMovement
from tests.factories.catalogue import make_item
from tests.factories.orders import make_expired_order, make_intent, make_order, make_paid_order, make_payment
from tests.factories.users import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Product:
    """A product of which some are held, some sold, and some came back."""
    lamp = make_item(inventory=20)
    make_order((lamp, 2))
    make_expired_order((lamp, 5), email="late@example.com")
    order = make_paid_order((lamp, 4))
    staff, item = make_staff(), order.items.get()
    request = request_return(order_id=order.pk, lines={item.pk: 1}, reason="Broken", now=timezone.now())
    known = {"return_id": request.pk, "at": timezone.now(), "by_id": staff.pk}
    answer_return(to_status="accepted", answer="", **known)
    receive_return(restock=True, **known)
    held = make_payment(make_intent(make_order()), amount=Decimal("1.00"))
    fail_refund(refund_id=refund_order(order_id=held.order_id, payment_id=held.pk, reason="?").pk, why="No")
    return lamp


def complaints() -> list[str]:
    return [complaint for check in CHECKS for complaint in check()]


def test_nothing_is_off(shop):
    assert complaints() == []
    assert Product.objects.get(pk=shop.pk).inventory == 15


def test_stock_that_was_never_counted_is_found(shop):
    StockMovement.objects.filter(product=shop, reason="initial").update(delta=21)
    assert list(check_balance()) == [f"Product {shop.pk}: 21 came, 15 on hand, 2 held, 4 sold, 1 returned."]


def test_line_refunded_too_often_is_found(shop):
    item = OrderItem.objects.filter(refund_lines__isnull=False).get()
    item.refund_lines.update(quantity=5)
    assert list(check_refund_lines()) == [f"Order {item.order_id}: 5 of 4 of {item.sku} refunded."]


def test_product_that_came_back_too_often_is_found(shop):
    StockMovement.objects.filter(reason="returned").update(delta=5)
    order = Order.objects.get(return_requests__isnull=False)
    assert list(check_refund_lines()) == [
        f"Order {order.pk}: 5 of product {shop.pk} came back, which is more than was bought."
    ]


def test_money_that_nobody_was_told_of_is_found(shop):
    Concern.objects.all().delete()
    refund, held = Refund.objects.get(status="failed"), Payment.objects.get(effect="held")
    assert list(check_concerns()) == [
        f"Refund {refund.key}: failed, and nobody was told.",
        f"Payment {held.provider_id}: held, and nobody was told.",
    ]


def test_return_without_its_money_or_its_story_is_found(shop):
    ReturnRequest.objects.update(refund=None)
    ReturnTransition.objects.filter(to_status="received").delete()
    request = ReturnRequest.objects.get()
    assert list(check_returns()) == [
        f"Return {request}: received, but not refunded.",
        f"Return {request}: received, but its audit rows end at accepted.",
    ]


def test_line_that_was_sent_more_often_than_bought_is_named():
    order = make_paid_order((make_item(inventory=9), 2))
    item = order.items.get()
    assert list(check_parcels()) == []

    ShipmentLine.objects.create(shipment=Shipment.objects.create(order=order), item=item, quantity=3)

    assert list(check_parcels()) == [f"Order {order.pk}: 3 of 2 of {item.sku} sent."]
