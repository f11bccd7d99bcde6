from datetime import timedelta

import pytest
from django.utils import timezone

from checkout.enums import OrderStatus
from checkout.gateways.razorpay import GatewayUnavailable
from checkout.models import Order
from checkout.services.expiry import cancel_order, expire_due_orders, expire_order
from checkout.services.intents import open_payment
from checkout.services.transitions import TransitionRefused
from shop.models import Product, StockMovement
from tests.factories.catalogue import make_item
from tests.factories.orders import make_intent, make_order, make_order_in, make_paid_order, make_payment
from tests.factories.users import make_staff
from tests.simulation import FAILING_UPI

pytestmark = pytest.mark.django_db


def minutes_ago(minutes: int):
    return timezone.now() - timedelta(minutes=minutes)


def stock_of(product: Product) -> int:
    return Product.objects.get(pk=product.pk).inventory


def status_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).status


def test_order_expires_when_its_hold_ends_and_gives_its_stock_back():
    lamp, rug = make_item(inventory=10), make_item(inventory=5)
    order = make_order((lamp, 4), (rug, 5))
    assert expire_order(order_id=order.pk, now=order.expires_at) is True
    assert (status_of(order), stock_of(lamp), stock_of(rug)) == ("expired", 10, 5)
    row = order.transitions.last()
    assert (row.from_status, row.to_status, row.why) == ("placed", "expired", "Not paid in time")
    assert (row.at, row.by) == (order.expires_at, None)
    released = StockMovement.objects.filter(reason="released", order_id=order.pk)
    assert sorted(released.values_list("product_id", "delta")) == [(lamp.pk, 4), (rug.pk, 5)]


def test_order_whose_hold_still_runs_does_not_expire():
    lamp = make_item(inventory=10)
    order = make_order((lamp, 4))
    assert expire_order(order_id=order.pk, now=order.expires_at - timedelta(seconds=1)) is False
    assert (status_of(order), stock_of(lamp)) == ("placed", 6)


def test_order_expires_once():
    lamp = make_item(inventory=10)
    order = make_order((lamp, 4))
    assert [expire_order(order_id=order.pk, now=order.expires_at) for _ in range(2)] == [True, False]
    assert stock_of(lamp) == 10
    assert order.transitions.count() == 2


@pytest.mark.parametrize("status", ["paid", "fulfilled", "completed", "expired", "cancelled"])
def test_order_that_is_paid_or_ended_does_not_expire(status):
    order = make_order_in(status)
    assert expire_order(order_id=order.pk, now=order.expires_at + timedelta(days=1)) is False
    assert status_of(order) == status


def test_sweep_expires_every_due_order_and_no_other():
    due = [make_order(now=minutes_ago(31)) for _ in range(2)]
    fresh, paid = make_order(now=minutes_ago(29)), make_paid_order(now=minutes_ago(40))
    assert expire_due_orders() == 2
    assert [status_of(order) for order in (*due, fresh, paid)] == ["expired", "expired", "placed", "paid"]
    assert expire_due_orders() == 0


def test_sweep_finds_money_that_nobody_reported(simulator, pay):
    lamp = make_item(inventory=10)
    order = make_order((lamp, 4), now=minutes_ago(31))
    window = open_payment(order_id=order.pk, now=minutes_ago(20))
    pay(window.intent.razorpay_order_id)
    assert expire_due_orders() == 0
    assert (status_of(order), stock_of(lamp)) == ("paid", 6)
    assert order.payments.get().effect == "applied"


def test_sweep_writes_down_a_failed_attempt_and_expires_the_order(simulator, pay):
    order = make_order(now=minutes_ago(31))
    window = open_payment(order_id=order.pk, now=minutes_ago(20))
    pay(window.intent.razorpay_order_id, FAILING_UPI)
    assert expire_due_orders() == 1
    assert status_of(order) == "expired"
    assert order.payments.get().status == "failed"


def test_sweep_keeps_an_order_while_the_gateway_is_away():
    order = make_order(now=minutes_ago(40))
    make_intent(order)
    other = make_order(now=minutes_ago(31))
    assert expire_due_orders() == 1
    assert (status_of(order), status_of(other)) == ("placed", "expired")


def test_sweep_waits_an_hour_for_the_gateway_and_no_longer():
    lamp = make_item(inventory=10)
    order = make_order((lamp, 4), now=minutes_ago(100))
    make_intent(order)
    Order.objects.filter(pk=order.pk).update(expires_at=minutes_ago(59))
    assert expire_due_orders() == 0
    Order.objects.filter(pk=order.pk).update(expires_at=minutes_ago(60))
    assert expire_due_orders() == 1
    assert (status_of(order), stock_of(lamp)) == ("expired", 10)


def test_each_sweep_asks_about_other_orders_while_razorpay_is_away(monkeypatch):
    asked = []

    def fetch_payments(razorpay_order_id):
        asked.append(razorpay_order_id)
        raise GatewayUnavailable

    monkeypatch.setattr("checkout.gateways.razorpay.fetch_payments", fetch_payments)
    for number in range(3):
        make_intent(make_order(now=minutes_ago(40 - number)), razorpay_order_id=f"order_{number}")
    free = [make_order(now=minutes_ago(31)) for _ in range(2)]
    assert [expire_due_orders() for _ in range(4)] == [2, 0, 0, 0]
    assert asked == ["order_0", "order_1", "order_2", "order_0"]
    assert {status_of(order) for order in free} == {"expired"}


def test_order_that_the_gateway_does_not_know_does_not_stop_the_sweep(simulator):
    odd = make_order(now=minutes_ago(40))
    make_intent(odd, razorpay_order_id="order_ABCDEFGHIJKLMN")
    other = make_order(now=minutes_ago(31))
    assert expire_due_orders() == 1
    assert (status_of(odd), status_of(other)) == ("placed", "expired")


def test_sweep_asks_nothing_about_intents_that_are_settled_or_unnamed():
    order = make_order(now=minutes_ago(40))
    intent = make_intent(order)
    make_payment(intent, amount=intent.amount - 1)  # held for staff; the intent is paid
    assert expire_due_orders() == 1  # the gateway is not reachable here, and is not asked


def test_cancelled_order_gives_its_stock_back():
    lamp, user, at = make_item(inventory=10), make_staff(), timezone.now()
    order = make_order((lamp, 4))
    cancelled = cancel_order(order_id=order.pk, why="Changed their mind", at=at, by_id=user.pk)
    assert (cancelled.status, status_of(order), stock_of(lamp)) == ("cancelled", "cancelled", 10)
    row = order.transitions.last()
    assert (row.to_status, row.why, row.at, row.by) == ("cancelled", "Changed their mind", at, user)


@pytest.mark.parametrize("status", [status for status in OrderStatus.values if status != "placed"])
def test_order_that_is_paid_or_ended_is_not_cancelled(status):
    order = make_order_in(status)
    before = list(Product.objects.values_list("pk", "inventory"))
    with pytest.raises(TransitionRefused):
        cancel_order(order_id=order.pk, why="Changed their mind", at=timezone.now())
    assert status_of(order) == status
    assert list(Product.objects.values_list("pk", "inventory")) == before


def test_order_that_ends_cancels_its_intent_and_no_paid_one():
    expired, cancelled, paid = make_order(), make_order(), make_paid_order()
    intents = [make_intent(expired), make_intent(cancelled)]
    make_payment(intents[1], status="failed")
    order = Order.objects.get(pk=expired.pk)
    expire_order(order_id=order.pk, now=order.expires_at)
    cancel_order(order_id=cancelled.pk, why="Test", at=timezone.now())
    assert [order.payment_intents.get().status for order in (expired, cancelled, paid)] == [
        "cancelled",
        "cancelled",
        "paid",
    ]
