from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from checkout.gateways.razorpay import GatewayUnavailable
from checkout.models import Order, Payment, PaymentIntent
from checkout.services.intents import (
    AlreadyPaid,
    IntentNotFound,
    InvalidSignature,
    OrderEnded,
    extend_hold,
    name_intent,
    open_payment,
    prepare_intent,
    verify_payment,
)
from tests.factories.catalogue import make_item
from tests.factories.orders import make_intent, make_order, make_order_in, make_payment

pytestmark = pytest.mark.django_db


def verify(order: Order, response: dict[str, str]) -> Payment:
    return verify_payment(intents=order.payment_intents.all(), **response)


def test_opened_payment_is_an_order_at_the_gateway(simulator):
    order = make_order((make_item(unit_price="1234.50"), 1))
    window = open_payment(order_id=order.pk, now=order.placed_at)
    intent = PaymentIntent.objects.get()
    assert (window.intent, window.order) == (intent, order)
    assert (intent.order, intent.amount, intent.currency) == (order, Decimal("1357.95"), "INR")
    assert (intent.status, str(intent)) == ("created", intent.razorpay_order_id)
    made = simulator.fetch(f"/orders/{intent.razorpay_order_id}")
    assert (made["amount"], made["currency"], made["receipt"]) == (135795, "INR", intent.receipt)
    assert made["notes"] == {"order": order.number}


def test_window_gets_the_options_of_razorpays_checkout(simulator):
    order = make_order((make_item(unit_price="100.00"), 2), email="asha@example.com")
    window = open_payment(order_id=order.pk, now=order.placed_at)
    assert window.options() == {
        "key": "rzp_test_haatsimulator",
        "amount": 22000,
        "currency": "INR",
        "order_id": window.intent.razorpay_order_id,
        "description": f"Payment for Order #{order.pk}",
        "prefill": {"name": "Asha Rao", "email": "asha@example.com", "contact": "+919876543210"},
        "timeout": 29 * 60,
    }


def test_payment_opened_again_uses_the_same_intent(simulator):
    order = make_order()
    first, second = (open_payment(order_id=order.pk, now=order.placed_at) for _ in range(2))
    assert first.intent.razorpay_order_id == second.intent.razorpay_order_id
    assert PaymentIntent.objects.count() == 1


def test_intent_carries_the_key_of_the_request_that_made_it(simulator):
    order = make_order()
    for key in ("a" * 64, "b" * 64):
        open_payment(order_id=order.pk, now=order.placed_at, idempotency_key=key)
    assert PaymentIntent.objects.get().idempotency_key == "a" * 64


def test_payment_opened_after_a_failed_attempt_uses_the_same_intent(simulator):
    order = make_order()
    first = open_payment(order_id=order.pk, now=order.placed_at)
    make_payment(first.intent, status="failed")
    assert open_payment(order_id=order.pk, now=order.placed_at).intent == first.intent


def test_intent_of_another_amount_is_not_used_again():
    order = make_order()
    old = make_intent(order)
    PaymentIntent.objects.filter(pk=old.pk).update(amount=Decimal("1.00"))
    assert prepare_intent(order_id=order.pk, now=order.placed_at).pk != old.pk


def test_intent_that_took_money_is_not_used_again():
    order = make_order()
    old = make_intent(order)
    make_payment(old, amount=Decimal("1.00"))
    fresh = prepare_intent(order_id=order.pk, now=order.placed_at)
    assert fresh.pk != old.pk
    assert str(fresh) == fresh.receipt


def test_order_made_at_the_gateway_whose_answer_was_lost_is_found_again(simulator):
    order = make_order()
    intent = prepare_intent(order_id=order.pk, now=order.placed_at)
    lost = simulator.create_order(11000, receipt=intent.receipt)
    window = open_payment(order_id=order.pk, now=order.placed_at)
    assert window.intent.razorpay_order_id == lost


def test_intent_is_kept_while_the_gateway_is_away(settings, simulator):
    order, away = make_order(), "http://127.0.0.1:9"
    settings.RAZORPAY_API_URL = away
    with pytest.raises(GatewayUnavailable):
        open_payment(order_id=order.pk, now=order.placed_at)
    intent = PaymentIntent.objects.get()
    assert intent.razorpay_order_id is None
    settings.RAZORPAY_API_URL = simulator.url
    assert open_payment(order_id=order.pk, now=order.placed_at).intent == intent


@pytest.mark.parametrize("status", ["paid", "fulfilled", "completed"])
def test_paid_order_is_not_opened_again(status):
    order = make_order_in(status)
    with pytest.raises(AlreadyPaid, match="Order is already paid"):
        open_payment(order_id=order.pk, now=timezone.now())


@pytest.mark.parametrize("status", ["expired", "cancelled"])
def test_ended_order_is_not_opened(status):
    order = make_order_in(status)
    with pytest.raises(OrderEnded, match="has expired or was cancelled"):
        open_payment(order_id=order.pk, now=timezone.now())
    assert PaymentIntent.objects.count() == 0


def test_first_opening_extends_a_hold_that_ends_soon(settings):
    order = make_order()
    now = order.expires_at - timedelta(minutes=3)
    prepare_intent(order_id=order.pk, now=now)
    saved = Order.objects.get(pk=order.pk)
    assert (saved.expires_at, saved.hold_extended_at) == (now + timedelta(minutes=15), now)


def test_first_opening_never_shortens_a_hold():
    order = make_order()
    prepare_intent(order_id=order.pk, now=order.placed_at)
    saved = Order.objects.get(pk=order.pk)
    assert (saved.expires_at, saved.hold_extended_at) == (order.expires_at, order.placed_at)


def test_hold_is_extended_once():
    order = make_order()
    prepare_intent(order_id=order.pk, now=order.placed_at)
    prepare_intent(order_id=order.pk, now=order.expires_at - timedelta(minutes=1))
    saved = Order.objects.get(pk=order.pk)
    assert (saved.expires_at, saved.hold_extended_at) == (order.expires_at, order.placed_at)


def test_hold_is_extended_by_what_the_setting_says(settings):
    settings.ORDER_HOLD_EXTENSION_MINUTES = 40
    order = make_order()
    extend_hold(order=order, now=order.placed_at)
    assert order.expires_at == order.placed_at + timedelta(minutes=40)


@pytest.mark.parametrize(
    ("before_end", "timeout"),
    [(timedelta(minutes=30), 29 * 60), (timedelta(minutes=20), 19 * 60), (timedelta(minutes=5), 14 * 60)],
)
def test_window_closes_a_minute_before_the_order_expires(simulator, before_end, timeout):
    order = make_order()
    assert open_payment(order_id=order.pk, now=order.expires_at - before_end).timeout == timeout


def test_window_opened_at_the_last_moment_stays_half_a_minute(simulator):
    order = make_order()
    open_payment(order_id=order.pk, now=order.placed_at)
    assert open_payment(order_id=order.pk, now=order.expires_at - timedelta(seconds=65)).timeout == 30


def test_intent_keeps_the_first_name_of_two():
    order = make_order()
    intent = prepare_intent(order_id=order.pk, now=order.placed_at)
    names = [
        name_intent(intent_id=intent.pk, razorpay_order_id=name).razorpay_order_id
        for name in ("order_a", "order_b")
    ]
    assert names == ["order_a", "order_a"]


def test_genuine_answer_of_the_window_pays_the_order(simulator, pay):
    order = make_order()
    window = open_payment(order_id=order.pk, now=order.placed_at)
    payment = verify(order, pay(window.intent.razorpay_order_id)["response"])
    assert (payment.order_id, payment.status, payment.effect) == (order.pk, "captured", "applied")
    assert Order.objects.get(pk=order.pk).status == "paid"


def test_answer_verified_again_changes_nothing(simulator, pay):
    order = make_order()
    window = open_payment(order_id=order.pk, now=order.placed_at)
    response = pay(window.intent.razorpay_order_id)["response"]
    payments = [verify(order, response) for _ in range(3)]
    assert {payment.pk for payment in payments} == {Payment.objects.get().pk}
    assert order.transitions.count() == 2


def test_answer_of_another_order_does_not_pay_this_one(simulator, pay):
    paid, other = make_order(), make_order()
    windows = {o.pk: open_payment(order_id=o.pk, now=o.placed_at) for o in (paid, other)}
    response = pay(windows[paid.pk].intent.razorpay_order_id)["response"]
    with pytest.raises(IntentNotFound, match="Payment intent not found"):
        verify(other, response)
    borrowed = {**response, "razorpay_order_id": windows[other.pk].intent.razorpay_order_id}
    with pytest.raises(InvalidSignature, match="Invalid payment signature"):
        verify(other, borrowed)
    assert Payment.objects.count() == 0
    assert Order.objects.get(pk=other.pk).status == "placed"


@pytest.mark.parametrize("signature", ["", "0" * 64, "₹" * 64, "\udc80"])
def test_forged_answer_changes_nothing(simulator, pay, signature):
    order = make_order()
    window = open_payment(order_id=order.pk, now=order.placed_at)
    response = pay(window.intent.razorpay_order_id)["response"]
    with pytest.raises(InvalidSignature):
        verify(order, {**response, "razorpay_signature": signature})
    assert Payment.objects.count() == 0


def test_answer_naming_another_payment_changes_nothing(simulator, pay):
    order = make_order()
    window = open_payment(order_id=order.pk, now=order.placed_at)
    response = pay(window.intent.razorpay_order_id)["response"]
    with pytest.raises(InvalidSignature):
        verify(order, {**response, "razorpay_payment_id": "pay_ABCDEFGHIJKLMN"})
    assert Payment.objects.count() == 0
