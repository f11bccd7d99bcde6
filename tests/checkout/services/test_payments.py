from decimal import Decimal

import pytest

from checkout.enums import PaymentEffect
from checkout.gateways.razorpay import GatewayError, GatewayUnavailable, capture_payment, fetch_payment
from checkout.models import Concern, Order, Payment, PaymentIntent, Refund
from checkout.services.expiry import expire_order
from checkout.services.intents import open_payment
from checkout.services.payments import UnknownPayment, apply_payment, capture, record_payment
from notifications.models import OutgoingEmail
from shop.models import Product
from tests.factories.catalogue import make_item
from tests.factories.orders import (
    make_cancelled_order,
    make_expired_order,
    make_intent,
    make_order,
    make_order_in,
    make_payment,
    report_payment,
)
from tests.simulation import BANK, CARD, FAILING_UPI, UPI

pytestmark = pytest.mark.django_db


def status_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).status


def mails() -> list[tuple[str, str]]:
    return sorted(OutgoingEmail.objects.values_list("purpose", "status"))


def stock_of(product: Product) -> int:
    return Product.objects.get(pk=product.pk).inventory


def late_intent(order: Order) -> PaymentIntent:
    """An intent that was opened before the order ended."""
    return PaymentIntent.objects.create(
        order=order, razorpay_order_id=f"order_late{order.pk}", amount=order.total, currency="INR"
    )


# What captured money does


def test_captured_money_pays_the_order():
    order = make_order()
    payment = make_payment(make_intent(order), payment_id="pay_1")
    assert (payment.status, payment.effect, payment.method) == ("captured", "applied", "upi")
    assert (payment.order_id, payment.amount, payment.currency) == (order.pk, order.total, "INR")
    assert payment.captured_at is not None
    saved = Order.objects.get(pk=order.pk)
    assert (saved.status, saved.payment_status) == ("paid", "C")
    assert saved.paid_at is not None
    row = order.transitions.last()
    assert (row.from_status, row.to_status, row.why, row.by) == ("placed", "paid", "Payment pay_1", None)
    assert PaymentIntent.objects.get().status == "paid"
    assert Refund.objects.count() == 0


def test_paid_order_is_confirmed_and_the_reminder_dropped():
    order = make_order()
    make_payment(make_intent(order))
    assert mails() == [
        (f"order-confirmation:{order.pk}", "queued"),
        (f"order-received:{order.pk}", "dropped"),
    ]


def test_paid_order_keeps_the_stock_it_held():
    lamp = make_item(inventory=10)
    make_payment(make_intent(make_order((lamp, 4))))
    assert stock_of(lamp) == 6


@pytest.mark.parametrize("status", ["paid", "fulfilled", "completed"])
def test_second_payment_of_an_order_goes_back(status):
    order = make_order_in(status)
    second = make_payment(late_intent(order), payment_id="pay_second")
    assert second.effect == PaymentEffect.SURPLUS
    refund = Refund.objects.get()
    assert (refund.payment, refund.amount, refund.status) == (second, order.total, "pending")
    assert (refund.key, refund.reason) == ("refund-pay_second-1", "The order was already paid.")
    assert status_of(order) == status
    assert ("order-refunded:refund-pay_second-1", "queued") in mails()


@pytest.mark.parametrize(
    ("make", "before"), [(make_expired_order, "expired"), (make_cancelled_order, "cancelled")]
)
def test_late_money_pays_an_ended_order_whose_stock_is_still_there(make, before):
    lamp = make_item(inventory=10)
    order = make((lamp, 4))
    payment = make_payment(late_intent(order))
    assert (payment.effect, status_of(order), stock_of(lamp)) == ("applied", "paid", 6)
    row = order.transitions.last()
    assert (row.from_status, row.to_status) == (before, "paid")
    deltas = lamp.movements.order_by("pk").values_list("delta", "reason", "order_id")
    assert list(deltas)[1:] == [(-4, "held", order.pk), (4, "released", order.pk), (-4, "held", order.pk)]


def test_late_money_goes_back_where_the_stock_is_gone():
    lamp, rug = make_item(inventory=4), make_item(inventory=9)
    order = make_expired_order((lamp, 4), (rug, 1))
    make_order((lamp, 1))
    payment = make_payment(late_intent(order), payment_id="pay_late")
    assert (payment.effect, payment.status) == ("late", "captured")
    assert (status_of(order), stock_of(lamp), stock_of(rug)) == ("expired", 3, 9)
    refund = Refund.objects.get()
    assert (refund.payment, refund.amount, refund.key) == (payment, order.total, "refund-pay_late-1")
    assert refund.reason == "The payment came after the order had ended, and the products are sold out."
    mail = OutgoingEmail.objects.get(purpose="order-refunded:refund-pay_late-1")
    assert (mail.to, mail.status) == (order.email, "queued")
    assert not OutgoingEmail.objects.filter(purpose__startswith="order-confirmation").exists()


def test_late_money_goes_back_where_the_product_is_no_longer_sold():
    lamp = make_item(inventory=4)
    order = make_cancelled_order((lamp, 1))
    Product.objects.filter(pk=lamp.pk).update(is_live=False)
    assert make_payment(late_intent(order)).effect == "late"
    assert (status_of(order), stock_of(lamp)) == ("cancelled", 4)


@pytest.mark.parametrize(
    "report", [{"amount": Decimal("1.00")}, {"amount": Decimal("110.01")}, {"currency": "USD"}]
)
def test_money_that_is_not_what_was_asked_for_is_held(report):
    order = make_order()
    payment = make_payment(make_intent(order), **report)
    assert payment.effect == PaymentEffect.HELD
    assert payment.captured_at is not None
    assert status_of(order) == "placed"
    assert Refund.objects.count() == 0
    assert mails() == [(f"order-received:{order.pk}", "queued")]
    concern = Concern.objects.get()
    assert (concern.subject, concern.order) == (f"payment-held:{payment.provider_id}", order)
    assert f"₹{order.total} was asked for, {payment.currency} {payment.amount} came" in concern.text


def test_money_of_an_intent_that_is_not_the_total_any_more_is_held():
    order = make_order()
    intent = make_intent(order)
    PaymentIntent.objects.filter(pk=intent.pk).update(amount=Decimal("50.00"))
    intent.refresh_from_db()
    assert make_payment(intent).effect == PaymentEffect.HELD
    assert status_of(order) == "placed"


def test_money_that_was_refunded_before_it_was_seen_is_held():
    order = make_order()
    payment = make_payment(make_intent(order), status="refunded")
    assert (payment.status, payment.effect) == ("refunded", "held")
    assert payment.captured_at is not None
    assert status_of(order) == "placed"


# A payment moves forward only


@pytest.mark.parametrize(
    ("status", "told"), [("created", "attempted"), ("failed", "failed"), ("authorized", "attempted")]
)
def test_payment_that_is_not_captured_pays_nothing(status, told):
    order = make_order()
    payment = make_payment(make_intent(order), status=status, error="Refused by the bank" * 20)
    assert (payment.status, payment.effect, payment.captured_at) == (status, "", None)
    assert len(payment.error) == 255
    assert status_of(order) == "placed"
    assert PaymentIntent.objects.get().status == told


@pytest.mark.parametrize(
    ("reports", "told"),
    [
        (["failed", "failed"], "failed"),
        (["failed", "authorized"], "attempted"),
        (["authorized", "failed"], "attempted"),
        (["failed", "captured"], "paid"),
        (["captured", "failed"], "paid"),
    ],
)
def test_intent_says_how_far_its_payments_came(reports, told):
    intent = make_intent(make_order())
    for status in reports:
        make_payment(intent, status=status)
    assert PaymentIntent.objects.get().status == told


def test_failed_intent_is_used_again():
    order = make_order()
    intent = make_intent(order)
    make_payment(intent, status="failed")
    assert make_intent(order).pk == intent.pk


def test_cancelled_intent_is_left_only_by_money():
    order = make_order()
    intent = make_intent(order)
    expire_order(order_id=order.pk, now=order.expires_at)
    told = [PaymentIntent.objects.get().status]
    for status in ("failed", "authorized", "captured"):
        make_payment(intent, payment_id="pay_1" if status != "failed" else "pay_0", status=status)
        told.append(PaymentIntent.objects.get().status)
    assert told == ["cancelled", "cancelled", "cancelled", "paid"]


def test_failed_payment_may_still_be_captured():
    order = make_order()
    intent = make_intent(order)
    make_payment(intent, payment_id="pay_1", status="failed", error="Timed out")
    payment = make_payment(intent, payment_id="pay_1", status="captured")
    assert (payment.status, payment.effect, payment.error) == ("captured", "applied", "")
    assert Payment.objects.count() == 1
    assert status_of(order) == "paid"
    assert PaymentIntent.objects.get().status == "paid"


RANKED = ["created", "failed", "authorized", "captured", "refunded"]


@pytest.mark.parametrize(("before", "after"), [(b, a) for i, b in enumerate(RANKED) for a in RANKED[: i + 1]])
def test_payment_never_moves_back(before, after):
    order = make_order()
    intent = make_intent(order)
    first = make_payment(intent, payment_id="pay_1", status=before, error="First")
    again = make_payment(intent, payment_id="pay_1", status=after, error="Second")
    assert (again.status, again.effect, again.error) == (before, first.effect, "First")
    saved = Payment.objects.get()
    assert (saved.status, saved.effect, saved.error) == (before, first.effect, "First")


@pytest.mark.parametrize(("before", "after"), [(b, a) for i, b in enumerate(RANKED) for a in RANKED[i + 1 :]])
def test_payment_moves_forward(before, after):
    intent = make_intent(make_order())
    make_payment(intent, payment_id="pay_1", status=before)
    assert make_payment(intent, payment_id="pay_1", status=after).status == after
    assert Payment.objects.get().status == after


def test_applied_money_that_is_refunded_stays_applied():
    order = make_order()
    intent = make_intent(order)
    captured_at = make_payment(intent, payment_id="pay_1").captured_at
    payment = make_payment(intent, payment_id="pay_1", status="refunded")
    assert (payment.status, payment.effect, payment.captured_at) == ("refunded", "applied", captured_at)
    assert status_of(order) == "paid"


def test_intent_that_is_paid_stays_paid_when_another_attempt_fails():
    intent = make_intent(make_order())
    make_payment(intent)
    make_payment(intent, status="failed")
    assert PaymentIntent.objects.get().status == "paid"


def test_payment_reported_again_takes_no_second_effect():
    lamp = make_item(inventory=10)
    order = make_order((lamp, 4))
    report = report_payment(make_intent(order))
    first = record_payment(reported=report)
    for _ in range(3):
        assert record_payment(reported=report).pk == first.pk
    assert (Payment.objects.count(), Refund.objects.count()) == (1, 0)
    assert (order.transitions.count(), stock_of(lamp)) == (2, 6)
    assert len(mails()) == 2


def test_surplus_reported_again_is_refunded_once():
    order = make_order_in("paid")
    report = report_payment(late_intent(order))
    for _ in range(3):
        record_payment(reported=report)
    assert Refund.objects.count() == 1


def test_two_captured_payments_of_one_intent_pay_once():
    order = make_order()
    intent = make_intent(order)
    effects = [make_payment(intent).effect for _ in range(2)]
    assert effects == ["applied", "surplus"]
    assert Refund.objects.get().amount == order.total


@pytest.mark.parametrize("order_id", ["order_unknown", ""])
def test_payment_of_no_intent_here_is_unknown(order_id):
    make_order()
    report = report_payment(PaymentIntent(razorpay_order_id=order_id, amount=Decimal(1)), payment_id="pay_x")
    with pytest.raises(UnknownPayment, match="waits for payment pay_x"):
        record_payment(reported=report)
    assert Payment.objects.count() == 0


# Asking Razorpay


@pytest.mark.parametrize(("instrument", "method"), [(UPI, "upi"), (CARD, "card"), (BANK, "netbanking")])
def test_payment_at_the_window_pays_the_order(simulator, pay, instrument, method):
    order = make_order()
    window = open_payment(order_id=order.pk, now=order.placed_at)
    paid = pay(window.intent.razorpay_order_id, instrument)
    payment = apply_payment(razorpay_payment_id=paid["payment_id"])
    assert (payment.provider_id, payment.status, payment.effect) == (
        paid["payment_id"],
        "captured",
        "applied",
    )
    assert (payment.method, payment.amount) == (method, order.total)
    assert status_of(order) == "paid"


def test_failed_payment_at_the_window_says_why(simulator, pay):
    order = make_order()
    window = open_payment(order_id=order.pk, now=order.placed_at)
    failed = pay(window.intent.razorpay_order_id, FAILING_UPI)
    payment = apply_payment(razorpay_payment_id=failed["payment_id"])
    assert (payment.status, payment.effect) == ("failed", "")
    assert payment.error.startswith("Payment was unsuccessful due to a temporary issue.")
    assert status_of(order) == "placed"


def authorize(simulator, order: Order, paise: int | None = None) -> str:
    """A payment that Razorpay does not capture on its own."""
    paise = int(order.total * 100) if paise is None else paise
    razorpay_order_id = simulator.create_order(paise, payment={"capture": "manual"})
    make_intent(order, razorpay_order_id=razorpay_order_id)
    return simulator.pay(razorpay_order_id)["payment_id"]


def test_authorized_payment_of_a_waiting_order_is_captured(simulator):
    order = make_order()
    payment_id = authorize(simulator, order)
    payment = apply_payment(razorpay_payment_id=payment_id)
    assert (payment.status, payment.effect, status_of(order)) == ("captured", "applied", "paid")
    assert simulator.fetch(f"/payments/{payment_id}")["status"] == "captured"


def test_late_authorization_pays_an_ended_order_whose_stock_is_still_there(simulator):
    lamp = make_item(inventory=10)
    order = make_order((lamp, 4))
    payment_id = authorize(simulator, order)
    expire_order(order_id=order.pk, now=order.expires_at)
    payment = apply_payment(razorpay_payment_id=payment_id)
    assert (payment.status, payment.effect, status_of(order)) == ("captured", "applied", "paid")
    assert (simulator.fetch(f"/payments/{payment_id}")["status"], stock_of(lamp)) == ("captured", 6)


def test_late_authorization_goes_back_where_the_stock_is_gone(simulator):
    lamp = make_item(inventory=4)
    order = make_order((lamp, 4))
    payment_id = authorize(simulator, order)
    expire_order(order_id=order.pk, now=order.expires_at)
    make_order((lamp, 1))
    payment = apply_payment(razorpay_payment_id=payment_id)
    assert (payment.status, payment.effect, status_of(order)) == ("captured", "late", "expired")
    assert Refund.objects.get().amount == order.total


def test_authorized_payment_of_a_paid_order_is_not_captured(simulator):
    order = make_order()
    payment_id = authorize(simulator, order)
    make_payment(late_intent(order))
    payment = apply_payment(razorpay_payment_id=payment_id)
    assert (payment.status, payment.effect) == ("authorized", "")
    assert simulator.fetch(f"/payments/{payment_id}")["status"] == "authorized"


def test_authorized_payment_of_the_wrong_amount_is_not_captured(simulator):
    order = make_order()
    payment = apply_payment(razorpay_payment_id=authorize(simulator, order, paise=100))
    assert (payment.status, payment.amount) == ("authorized", Decimal("1.00"))


def record_authorized(simulator, order: Order) -> Payment:
    return record_payment(reported=fetch_payment(authorize(simulator, order)))


def test_payment_that_razorpay_captured_meanwhile_is_read_as_it_stands(simulator):
    payment = record_authorized(simulator, make_order())
    capture_payment(payment_id=payment.provider_id, amount=payment.amount, currency="INR")
    assert capture(payment).status == "captured"


def test_payment_whose_capture_is_refused_stays_an_error(simulator):
    payment = record_authorized(simulator, make_order())
    payment.amount += 1
    with pytest.raises(GatewayError) as refused:
        capture(payment)
    assert not isinstance(refused.value, GatewayUnavailable)


def test_payment_whose_capture_is_lost_waits(simulator, settings):
    payment = record_authorized(simulator, make_order())
    settings.RAZORPAY_API_URL = "http://127.0.0.1:9"
    with pytest.raises(GatewayUnavailable):
        capture(payment)


def test_payment_that_the_gateway_does_not_know_is_an_error(simulator):
    with pytest.raises(GatewayError):
        apply_payment(razorpay_payment_id="pay_ABCDEFGHIJKLMN")
    assert Payment.objects.count() == 0


def test_payment_cannot_be_applied_while_the_gateway_is_away():
    with pytest.raises(GatewayUnavailable):
        apply_payment(razorpay_payment_id="pay_ABCDEFGHIJKLMN")


def test_every_captured_paisa_is_applied_refunded_or_held():
    order = make_order_in("paid")
    make_payment(late_intent(order))
    make_payment(make_intent(make_order()), amount=Decimal("0.50"))
    for payment in Payment.objects.exclude(captured_at=None):
        going_back = sum(refund.amount for refund in payment.refunds.all())
        assert going_back == (payment.amount if payment.effect in ("surplus", "late") else 0)
        assert payment.effect != ""
