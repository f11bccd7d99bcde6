from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from checkout.enums import OrderStatus
from checkout.models import Order
from checkout.services.fulfilment import (
    CashIsSentWhole,
    MoreThanLeft,
    NothingToSend,
    Tracking,
    complete_delivered_orders,
    fulfil_order,
)
from checkout.services.refund_sending import fail_refund
from checkout.services.refunds import refund_order
from notifications.models import OutgoingEmail
from tests.factories.catalogue import make_item
from tests.factories.orders import make_cash_order, make_paid_order

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


@pytest.fixture
def mixed() -> Order:
    """Paid: three lamps and a cup."""
    return make_paid_order(
        (make_item(title="Lamp", inventory=9), 3), (make_item(title="Cup", inventory=9), 1)
    )


def pack(order: Order, *counts: int, **tracking: str) -> str:
    items = order.items.order_by("pk")
    return fulfil_order(
        order_id=order.pk,
        at=timezone.now(),
        quantities=dict(zip([item.pk for item in items], counts, strict=True)),
        tracking=Tracking(**tracking),
    ).status


def list_parcels(order: Order) -> list[list[tuple[str, int]]]:
    return [
        [(line.item.title, line.quantity) for line in parcel.lines.order_by("item_id")]
        for parcel in order.parcels
    ]


def test_order_that_is_sent_leaves_in_one_parcel_with_all_of_it(mixed):
    fulfil_order(order_id=mixed.pk, at=timezone.now())

    assert list_parcels(mixed) == [[("Lamp", 3), ("Cup", 1)]]


def test_order_is_on_its_way_once_its_last_parcel_is(mixed):
    assert pack(mixed, 2, 0) == "paid"
    assert pack(mixed, 1, 1) == "fulfilled"
    assert list_parcels(mixed) == [[("Lamp", 2)], [("Lamp", 1), ("Cup", 1)]]


@pytest.mark.parametrize("counts", [(0, 0), (4, 0), (3, 2)])
def test_parcel_of_nothing_or_of_more_than_is_left_is_refused(mixed, counts):
    with pytest.raises(MoreThanLeft):
        pack(mixed, *counts)
    assert (Order.objects.get().status, list_parcels(mixed)) == ("paid", [])


def test_what_was_refunded_is_not_sent(mixed):
    lamp, _cup = mixed.items.order_by("pk")
    refund_order(order_id=mixed.pk, reason="One broke", lines={lamp.pk: 1})

    fulfil_order(order_id=mixed.pk, at=timezone.now())

    assert list_parcels(mixed) == [[("Lamp", 2), ("Cup", 1)]]


def test_order_whose_rest_was_refunded_is_on_its_way_without_another_parcel(mixed):
    pack(mixed, 3, 0)
    _lamp, cup = mixed.items.order_by("pk")
    refund_order(order_id=mixed.pk, reason="Sold out", lines={cup.pk: 1})

    assert fulfil_order(order_id=mixed.pk, at=timezone.now()).status == "fulfilled"
    assert list_parcels(mixed) == [[("Lamp", 3)]]


def test_cash_order_leaves_whole_or_not_at_all():
    order = make_cash_order((make_item(inventory=9), 2))

    with pytest.raises(CashIsSentWhole):
        pack(order, 1)

    assert pack(order, 2) == "fulfilled"


def test_buyer_is_mailed_what_is_in_each_parcel_and_how_to_follow_it(mixed):
    pack(mixed, 2, 0, carrier="India Post", tracking_number="EA1IN", tracking_url="https://example.com/EA1IN")
    pack(mixed, 1, 1)

    first, second = OutgoingEmail.objects.filter(purpose__startswith="order-sent:").order_by("pk")
    assert (first.to, first.subject) == (mixed.email, f"Order #{mixed.pk} is on its way")
    assert "2 × Lamp" in first.text
    assert "Cup" not in first.text
    assert "It comes with India Post.\nTracking number: EA1IN" in first.text
    assert 'href="https://example.com/EA1IN"' in first.html
    assert "1 × Cup" in second.text
    assert "Tracking" not in second.text
