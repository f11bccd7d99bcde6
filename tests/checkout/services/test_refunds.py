import time
from decimal import Decimal

import pytest

from checkout.models import Order, Payment, Refund
from checkout.services.intents import open_payment
from checkout.services.payments import apply_payment
from checkout.services.refunds import RefundExceedsCaptured, request_refund, send_refund, settle_refund
from notifications.models import OutgoingEmail
from tests.factories.catalogue import make_item
from tests.factories.orders import make_order, make_paid_order
from tests.factories.users import make_staff
from tests.simulation import run_simulator

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment() -> Payment:
    """₹110.00 that paid an order."""
    return make_paid_order((make_item(unit_price="100.00"), 1)).payments.get()


@pytest.fixture
def real_payment(simulator, pay) -> Payment:
    """₹110.00 that paid an order, at the simulator too."""
    return pay_at(pay, make_order((make_item(unit_price="100.00"), 1)))


def pay_at(pay, order: Order) -> Payment:
    window = open_payment(order_id=order.pk, now=order.placed_at)
    return apply_payment(razorpay_payment_id=pay(window.intent.razorpay_order_id)["payment_id"])


def ask_back(payment: Payment, amount="110.00", **fields) -> Refund:
    return request_refund(payment=payment, amount=Decimal(amount), reason="Came broken", **fields)


def test_refund_is_written_before_anybody_is_asked(payment):
    user = make_staff()
    refund = ask_back(payment, "40.00", by_id=user.pk, idempotency_key="a" * 64)
    saved = Refund.objects.get(pk=refund.pk)
    assert (saved.payment, saved.amount, saved.status, saved.by) == (
        payment,
        Decimal("40.00"),
        "pending",
        user,
    )
    assert (saved.key, saved.reason) == (f"refund-{payment.provider_id}-1", "Came broken")
    assert (saved.razorpay_refund_id, saved.last_error, saved.idempotency_key) == (None, "", "a" * 64)
    mail = OutgoingEmail.objects.get(purpose=f"order-refunded:{saved.key}")
    assert (mail.to, mail.status) == (payment.order.email, "queued")


def test_refunds_together_never_exceed_what_was_captured(payment):
    assert [ask_back(payment, amount).key[-1] for amount in ("100.00", "9.99")] == ["1", "2"]
    with pytest.raises(RefundExceedsCaptured, match="more than what was captured"):
        ask_back(payment, "0.02")
    ask_back(payment, "0.01")
    assert sum(refund.amount for refund in Refund.objects.all()) == payment.amount


def test_refund_of_more_than_the_payment_is_refused(payment):
    with pytest.raises(RefundExceedsCaptured):
        ask_back(payment, "110.01")
    assert Refund.objects.count() == 0


def test_failed_refund_may_be_asked_again_under_a_key_of_its_own(payment):
    first = ask_back(payment)
    Refund.objects.filter(pk=first.pk).update(status="failed")
    second = ask_back(payment)
    assert second.key == f"refund-{payment.provider_id}-2"


def test_refund_is_sent_after_the_commit(payment, broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        refund = ask_back(payment)
    assert ("checkout.payments.send_refund", [refund.pk]) in broker.sent


def test_sent_refund_is_processed_at_the_gateway(real_payment, simulator):
    refund = ask_back(real_payment, "40.50")
    send_refund(refund_id=refund.pk)
    refund.refresh_from_db()
    assert (refund.status, refund.last_error) == ("processed", "")
    made = simulator.fetch(f"/refunds/{refund.razorpay_refund_id}")
    assert (made["amount"], made["receipt"], made["payment_id"]) == (
        4050,
        refund.key,
        real_payment.provider_id,
    )


def test_refund_sent_again_gives_money_back_once(real_payment, simulator):
    refund = ask_back(real_payment, "40.00")
    send_refund(refund_id=refund.pk)
    # The answer was lost: nothing is known here of what Razorpay did.
    Refund.objects.filter(pk=refund.pk).update(status="pending", razorpay_refund_id=None)
    send_refund(refund_id=refund.pk)
    assert simulator.fetch(f"/payments/{real_payment.provider_id}")["amount_refunded"] == 4000
    assert Refund.objects.get().status == "processed"


def test_refund_waits_while_the_gateway_is_away(payment):
    refund = ask_back(payment)
    send_refund(refund_id=refund.pk)
    refund.refresh_from_db()
    assert (refund.status, refund.razorpay_refund_id) == ("pending", None)
    assert refund.last_error.startswith("Razorpay did not answer:")


def test_refund_that_the_gateway_refuses_says_why(payment, simulator):
    refund = ask_back(payment)
    send_refund(refund_id=refund.pk)
    refund.refresh_from_db()
    assert refund.status == "pending"
    assert refund.last_error != ""
    assert not refund.last_error.startswith("Razorpay did not answer")


def test_refund_that_has_ended_is_not_sent(payment):
    refund = ask_back(payment)
    for status in ("processed", "failed"):
        Refund.objects.filter(pk=refund.pk).update(status=status)
        send_refund(refund_id=refund.pk)  # nobody listens: asking would leave an error
        assert Refund.objects.values_list("status", "last_error").get() == (status, "")
    send_refund(refund_id=987654)


def test_pending_refund_is_asked_after_until_it_is_processed(settings, tmp_path):
    with run_simulator(tmp_path, SIMULATOR_REFUND_SECONDS="1") as slow:
        settings.RAZORPAY_API_URL = slow.url
        refund = ask_back(pay_at(slow.pay, make_order()), "40.00")
        send_refund(refund_id=refund.pk)
        refund.refresh_from_db()
        assert (refund.status, refund.razorpay_refund_id[:5]) == ("pending", "rfnd_")
        ends_at = time.monotonic() + 10
        while refund.status == "pending":
            assert time.monotonic() < ends_at
            time.sleep(0.1)
            send_refund(refund_id=refund.pk)
            refund.refresh_from_db()
    assert refund.status == "processed"


def test_settled_refund_keeps_its_end(payment):
    refund = ask_back(payment)
    settle_refund(refund_id=refund.pk, razorpay_refund_id="rfnd_1", status="failed")
    settle_refund(refund_id=refund.pk, razorpay_refund_id="rfnd_1", status="processed")
    assert Refund.objects.values_list("status", "razorpay_refund_id").get() == ("failed", "rfnd_1")


def test_settling_takes_an_old_error_away(payment):
    refund = ask_back(payment)
    Refund.objects.update(last_error="Razorpay did not answer")
    settle_refund(refund_id=refund.pk, razorpay_refund_id="rfnd_1", status="pending")
    assert Refund.objects.values_list("status", "last_error").get() == ("pending", "")
