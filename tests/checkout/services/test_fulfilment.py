from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from checkout.enums import OrderStatus
from checkout.models import Order
from checkout.services.fulfilment import NothingToSend, complete_delivered_orders, fulfil_order
from checkout.services.refund_sending import fail_refund
from checkout.services.refunds import refund_order
from tests.factories.catalogue import make_item
from tests.factories.orders import make_paid_order

pytestmark = pytest.mark.django_db


def test_order_is_complete_thirty_days_after_it_left_and_not_before():
    order = make_paid_order()
    sent_at = timezone.now()
    fulfil_order(order_id=order.pk, at=sent_at)
    due = sent_at + timedelta(days=30)
    assert complete_delivered_orders(now=due - timedelta(seconds=1)) == 0
    assert complete_delivered_orders(now=due) == 1
    assert complete_delivered_orders(now=due) == 0
    order = Order.objects.get(pk=order.pk)
    assert order.status == OrderStatus.COMPLETED
    last = order.transitions.last()
    assert (last.from_status, last.at, last.why) == ("fulfilled", due, "Delivered, as far as we know")


def test_order_that_has_not_left_is_not_complete():
    make_paid_order()
    assert complete_delivered_orders(now=timezone.now() + timedelta(days=400)) == 0


def test_parcel_that_is_not_paid_for_is_not_complete():
    order = make_paid_order()
    fulfil_order(order_id=order.pk, at=timezone.now())
    Order.objects.update(paid_at=None)
    assert complete_delivered_orders(now=timezone.now() + timedelta(days=400)) == 0


@pytest.fixture
def order() -> Order:
    """₹330.00 paid for three lamps."""
    return make_paid_order((make_item(unit_price="100.00", inventory=10), 3))


def send(order: Order) -> str:
    return fulfil_order(order_id=order.pk, at=timezone.now()).status


@pytest.mark.parametrize("wish", [{}, {"amount": Decimal("330.00")}])
def test_order_that_was_refunded_whole_is_not_sent(order, wish):
    refund_order(order_id=order.pk, reason="Too late", **wish)
    with pytest.raises(NothingToSend, match=f"Order #{order.pk} was refunded whole: nothing of it is left"):
        send(order)
    saved = Order.objects.get()
    assert (saved.status, saved.can_be_sent) == ("paid", False)


def test_order_whose_lines_all_went_back_is_not_sent(order):
    item = order.items.get()
    refund_order(order_id=order.pk, reason="Too late", lines={item.pk: 3})
    order.payments.update(amount=Decimal("331.00"))  # of the money, something is left
    with pytest.raises(NothingToSend):
        send(order)


def test_rest_of_an_order_is_sent(order):
    refund_order(order_id=order.pk, reason="Scratched", lines={order.items.get().pk: 2})
    assert Order.objects.get().can_be_sent
    assert send(order) == "fulfilled"


def test_order_whose_refund_failed_is_sent(order):
    refund = refund_order(order_id=order.pk, reason="Too late")
    fail_refund(refund_id=refund.pk, why="No")
    assert send(order) == "fulfilled"
