from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from checkout.gateways.razorpay import GatewayRefund, fetch_payment
from checkout.invariants import check_captured_money
from checkout.models import Concern, CreditNote, Order, Payment, Refund
from checkout.money_invariants import check_concerns
from checkout.services.intents import open_payment
from checkout.services.payments import apply_payment
from checkout.services.reconciliation import reconcile_order
from checkout.services.refund_reports import adopt_refund, collect_recent_refunds, record_refund
from checkout.services.refund_sending import fail_refund
from checkout.services.refunds import count_refundable, request_refund
from notifications.models import OutgoingEmail
from tests.factories.catalogue import make_item
from tests.factories.orders import make_order, make_paid_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment() -> Payment:
    """₹110.00 that paid an order."""
    return make_paid_order((make_item(unit_price="100.00"), 1)).payments.get()


@pytest.fixture
def real_payment(simulator, pay) -> Payment:
    """₹110.00 that paid an order, at the simulator too."""
    order = make_order((make_item(unit_price="100.00"), 1))
    window = open_payment(order_id=order.pk, now=order.placed_at)
    return apply_payment(razorpay_payment_id=pay(window.intent.razorpay_order_id)["payment_id"])


def report(payment: Payment, status: str = "processed", amount: str = "10.00", receipt: str = ""):
    return GatewayRefund("rfnd_9", payment.provider_id, status, Decimal(amount), receipt)


def give_back(simulator, payment: Payment, paise: int) -> str:
    """A refund in Razorpay's dashboard. Returns its id."""
    return simulator.post(f"/payments/{payment.provider_id}/refund", {"amount": paise})["id"]


def test_refund_made_at_razorpay_is_taken_into_the_books_once(payment):
    for _ in range(2):
        record_refund(reported=report(payment))
    refund = Refund.objects.get()
    assert (refund.payment, refund.amount, refund.status) == (payment, Decimal("10.00"), "processed")
    assert (refund.key, refund.reason) == ("razorpay-rfnd_9", "Made at Razorpay")
    assert count_refundable(payment) == Decimal("100.00")
    mail = OutgoingEmail.objects.get(purpose="order-refunded:razorpay-rfnd_9")
    assert (mail.to, "Why:" in mail.text) == (payment.order.email, False)
    assert CreditNote.objects.get().refund == refund


def test_refund_made_at_razorpay_that_failed_is_put_before_staff_and_the_customer(payment):
    for _ in range(2):
        adopt_refund(reported=report(payment, "failed"))
    concern = Concern.objects.get()
    assert (concern.subject, concern.order) == ("refund-failed:razorpay-rfnd_9", payment.order)
    assert OutgoingEmail.objects.filter(purpose="refund-failed:razorpay-rfnd_9").count() == 1
    assert not OutgoingEmail.objects.filter(purpose__startswith="order-refunded").exists()
    assert list(check_concerns()) == []


def test_refund_of_another_shop_is_not_taken():
    with pytest.raises(Payment.DoesNotExist):
        record_refund(reported=GatewayRefund("rfnd_9", "pay_9", "processed", Decimal(1), ""))


def test_refund_of_ours_is_known_by_its_key_and_payment(payment):
    refund = request_refund(payment=payment, amount=Decimal("10.00"), reason="Came broken")
    record_refund(reported=report(payment, receipt=refund.key))
    assert Refund.objects.values_list("pk", "razorpay_refund_id").get() == (refund.pk, "rfnd_9")
    other = make_paid_order().payments.get()
    Refund.objects.update(razorpay_refund_id=None)
    record_refund(reported=report(other, receipt=refund.key))
    assert Refund.objects.get(payment=other).key == "razorpay-rfnd_9"


def test_reconciler_books_refunds_of_the_dashboard_whose_events_were_lost(real_payment, simulator):
    give_back(simulator, real_payment, 1000)
    give_back(simulator, real_payment, 10000)
    order = reconcile_order(order_id=real_payment.order_id)
    assert fetch_payment(real_payment.provider_id).status == "refunded"
    assert Payment.objects.get().status == "refunded"
    assert sorted(Refund.objects.values_list("amount", "status")) == [
        (Decimal("10.00"), "processed"),
        (Decimal("100.00"), "processed"),
    ]
    assert (order.is_refunded, count_refundable(real_payment)) == (True, Decimal(0))
    assert list(check_captured_money()) == []


def test_reconciler_finds_a_refund_that_was_given_up_although_it_was_made(real_payment, simulator):
    refund = request_refund(payment=real_payment, amount=Decimal("10.00"), reason="Came broken")
    fail_refund(refund_id=refund.pk, why="Refused")
    body = {"amount": 1000, "receipt": refund.key}
    simulator.post(f"/payments/{real_payment.provider_id}/refund", body)
    reconcile_order(order_id=real_payment.order_id)
    assert Refund.objects.values_list("pk", "status").get() == (refund.pk, "processed")


def test_reconciler_lists_refunds_only_where_the_sums_differ(real_payment, simulator, monkeypatch):
    give_back(simulator, real_payment, 1000)
    reconcile_order(order_id=real_payment.order_id)
    monkeypatch.setattr("checkout.gateways.razorpay.fetch_refunds", None)
    reconcile_order(order_id=real_payment.order_id)


def test_refund_of_an_old_payment_is_found_among_the_recent_ones(real_payment, simulator):
    refund_id = give_back(simulator, real_payment, 1000)
    foreign = simulator.pay(simulator.create_order(5000))["payment_id"]
    simulator.post(f"/payments/{foreign}/refund", {"amount": 5000})
    assert [collect_recent_refunds(now=timezone.now()) for _ in range(2)] == [1, 0]
    assert Refund.objects.get().razorpay_refund_id == refund_id


def test_refunds_are_looked_at_later_where_razorpay_is_away(caplog):
    assert collect_recent_refunds(now=timezone.now()) == 0
    assert "looked at later" in caplog.text


def test_refund_of_last_week_is_not_recent(real_payment, simulator):
    give_back(simulator, real_payment, 1000)
    assert collect_recent_refunds(now=timezone.now() + timedelta(days=3)) == 0
    assert Order.objects.get().is_refunded is False
