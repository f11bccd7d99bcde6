from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from checkout.gateways.razorpay import GatewayError, GatewayUnavailable
from checkout.models import Concern, Order, Payment, PaymentIntent, Refund
from checkout.services.expiry import expire_order
from checkout.services.intents import open_payment
from checkout.services.reconciliation import (
    find_next_check,
    reconcile_due_intents,
    reconcile_intent,
    reconcile_order,
)
from checkout.services.refunds import request_refund
from tests.factories.catalogue import make_item
from tests.factories.orders import make_intent, make_order, make_paid_order
from tests.simulation import FAILING_UPI

pytestmark = pytest.mark.django_db

MADE = datetime(2026, 11, 1, tzinfo=UTC)


def list_checks(*, is_paid: bool) -> list[timedelta]:
    """When an intent is asked about, as offsets from its making."""
    checks, now = [], MADE
    while (now := find_next_check(created_at=MADE, now=now, is_paid=is_paid)) is not None:
        checks.append(now - MADE)
    return checks


def test_open_intent_is_asked_about_for_six_days():
    minutes = [timedelta(minutes=count) for count in (2, 5, 15, 60)]
    hours = [timedelta(hours=count) for count in range(2, 25)]
    days = [timedelta(days=count) for count in range(2, 7)]
    assert list_checks(is_paid=False) == [*minutes, *hours, *days]


def test_paid_intent_is_asked_about_three_times():
    assert list_checks(is_paid=True) == [timedelta(hours=1), timedelta(days=1), timedelta(days=6)]


def test_checks_that_were_missed_are_one():
    now = MADE + timedelta(minutes=50)
    assert find_next_check(created_at=MADE, now=now, is_paid=False) == MADE + timedelta(hours=1)


def open_window(order: Order) -> PaymentIntent:
    return open_payment(order_id=order.pk, now=order.placed_at).intent


def check(intent: PaymentIntent, **after) -> bool:
    return reconcile_intent(intent_id=intent.pk, now=intent.created_at + timedelta(**after))


def next_check(intent: PaymentIntent) -> timedelta | None:
    intent.refresh_from_db()
    return intent.next_check_at and intent.next_check_at - intent.created_at


def test_new_intent_is_asked_about_after_two_minutes(simulator):
    intent = open_window(make_order())
    assert next_check(intent) == timedelta(minutes=2)
    assert check(intent, seconds=119) is False
    assert check(intent, minutes=2) is True
    assert next_check(intent) == timedelta(minutes=5)
    assert check(intent, days=6) is True
    assert next_check(intent) is None


def test_money_that_nobody_reported_is_found(simulator, pay):
    order = make_order()
    intent = open_window(order)
    pay(intent.razorpay_order_id, FAILING_UPI)
    pay(intent.razorpay_order_id)
    assert check(intent, minutes=2) is True
    assert Order.objects.get(pk=order.pk).status == "paid"
    assert sorted(Payment.objects.values_list("status", "effect")) == [
        ("captured", "applied"),
        ("failed", ""),
    ]
    assert next_check(intent) == timedelta(hours=1)


def test_money_for_an_expired_order_is_found_days_later(simulator, pay):
    lamp = make_item(inventory=1)
    order = make_order((lamp, 1))
    intent = open_window(order)
    expire_order(order_id=order.pk, now=order.expires_at)
    make_order((lamp, 1))
    pay(intent.razorpay_order_id)
    assert check(intent, days=3) is True
    assert Payment.objects.get().effect == "late"
    assert Refund.objects.get().amount == order.total


def test_intent_waits_while_the_gateway_is_away_and_is_asked_again():
    intent = make_intent(make_order())
    with pytest.raises(GatewayUnavailable):
        check(intent, days=6)
    assert next_check(intent) == timedelta(days=6, minutes=10)


def test_intent_that_the_gateway_does_not_know_keeps_its_schedule(simulator):
    intent = make_intent(make_order())
    assert check(intent, minutes=2) is True
    assert next_check(intent) == timedelta(minutes=5)


def test_intent_that_razorpay_never_named_is_not_asked_about():
    order = make_order()
    PaymentIntent.objects.create(order=order, amount=order.total, currency="INR", next_check_at=MADE)
    assert reconcile_due_intents(now=timezone.now()) == 0


def test_failing_intent_does_not_stop_the_sweep(simulator, pay, monkeypatch, caplog):
    orders = [make_order(), make_order()]
    odd, good = (open_window(order) for order in orders)
    pay(good.razorpay_order_id)
    monkeypatch.setattr(
        "checkout.services.reconciliation.plan_next_check",
        lambda *, intent_id, now: 1 / 0 if intent_id == odd.pk else None,
    )
    assert reconcile_due_intents(now=good.created_at + timedelta(minutes=2)) == 1
    assert "A step of a sweep failed" in caplog.text
    assert Order.objects.get(pk=orders[1].pk).status == "paid"


def authorize(simulator, intent: PaymentIntent, paise: int) -> str:
    """A payment that Razorpay does not capture by itself."""
    order_id = simulator.create_order(paise, payment={"capture": "manual"})
    PaymentIntent.objects.filter(pk=intent.pk).update(razorpay_order_id=order_id)
    return simulator.pay(order_id)["payment_id"]


def test_money_that_hangs_authorized_is_put_before_staff(simulator):
    order = make_order()
    intent = make_intent(order)
    payment_id = authorize(simulator, intent, paise=100)
    reconcile_order(order_id=order.pk)
    assert Concern.objects.count() == 0
    Payment.objects.update(created_at=timezone.now() - timedelta(hours=1, minutes=1))
    reconcile_order(order_id=order.pk)
    concern = Concern.objects.get()
    assert (concern.subject, concern.order) == (f"authorized:{payment_id}", order)


def test_capture_that_razorpay_refuses_leaves_the_other_payments_to_take_effect(simulator, monkeypatch):
    order = make_order()
    intent = make_intent(order)
    authorize(simulator, intent, paise=11000)

    def refuse(payment):
        raise GatewayError("Not now")

    monkeypatch.setattr("checkout.services.payments.capture", refuse)
    assert reconcile_order(order_id=order.pk).status == "placed"
    assert Payment.objects.get().status == "authorized"
    monkeypatch.undo()


def test_order_is_reconciled_at_once_with_all_it_has(simulator, pay):
    order = make_order()
    intent = open_window(order)
    PaymentIntent.objects.update(next_check_at=None)
    pay(intent.razorpay_order_id)
    assert reconcile_order(order_id=order.pk).status == "paid"
    refund = request_refund(payment=Payment.objects.get(), amount=Decimal("1.00"), reason="Late")
    reconcile_order(order_id=order.pk)
    refund.refresh_from_db()
    assert refund.status == "processed"


def test_unknown_order_is_not_reconciled():
    make_paid_order()
    with pytest.raises(Order.DoesNotExist):
        reconcile_order(order_id=0)
