import time
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from checkout.gateways.razorpay import create_refund
from checkout.models import Concern, Order, Payment, Refund
from checkout.services.intents import open_payment
from checkout.services.payments import apply_payment
from checkout.services.refund_sending import (
    fail_refund,
    send_due_refunds,
    send_refund,
    settle_refund,
)
from checkout.services.refunds import count_refundable, request_refund
from notifications.models import OutgoingEmail
from tests.factories.catalogue import make_item
from tests.factories.orders import make_order, make_paid_order
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


def test_refund_that_the_gateway_refuses_fails_and_is_put_before_staff(payment, simulator):
    refund = ask_back(payment)
    send_refund(refund_id=refund.pk)
    refund.refresh_from_db()
    assert (refund.status, refund.last_error) == ("failed", "The id provided does not exist")
    concern = Concern.objects.get()
    assert (concern.subject, concern.order) == (f"refund-failed:{refund.key}", payment.order)
    assert concern.text == (
        f"The refund of ₹110.00 for order #{payment.order_id} failed: The id provided does not exist"
    )
    mail = OutgoingEmail.objects.get(purpose=f"refund-failed:{refund.key}")
    assert (mail.to, "could not be sent back" in mail.subject) == (payment.order.email, True)
    assert count_refundable(payment) == Decimal("110.00")


@pytest.mark.parametrize("effect", ["surplus", "late"])
def test_money_that_could_not_go_back_is_held_for_staff(payment, simulator, effect):
    Payment.objects.update(effect=effect)
    refund = ask_back(payment)
    send_refund(refund_id=refund.pk)
    assert Payment.objects.get().effect == "held"


def test_refused_refund_that_was_made_before_is_found_by_its_key(real_payment, simulator):
    refund = ask_back(real_payment)
    made = create_refund(payment_id=real_payment.provider_id, amount=refund.amount, key=refund.key)
    Refund.objects.update(amount=Decimal("109.99"))  # another body under the same key is refused
    send_refund(refund_id=refund.pk)
    assert Refund.objects.values_list("status", "razorpay_refund_id").get() == ("pending", None)
    send_refund(refund_id=refund.pk)
    assert Refund.objects.values_list("status", "razorpay_refund_id").get() == ("processed", made.id)


def test_waiting_refund_is_tried_later_and_later(payment):
    refund = ask_back(payment)
    pauses = []
    for _ in range(10):
        send_refund(refund_id=refund.pk)
        refund.refresh_from_db()
        pauses.append(round((refund.next_try_at - timezone.now()).total_seconds() / 60))
    assert (pauses, refund.attempts) == ([1, 2, 4, 8, 16, 32, 64, 128, 256, 360], 10)
    assert Concern.objects.count() == 0


def test_refund_that_waits_for_a_week_is_put_before_staff(payment):
    refund = ask_back(payment)
    Refund.objects.update(created_at=timezone.now() - timedelta(days=7, minutes=1))
    for _ in range(2):
        send_refund(refund_id=refund.pk)
    assert Concern.objects.get().subject == f"refund-slow:{refund.key}"


def test_due_refunds_are_sent_and_others_wait(payment):
    first, second = ask_back(payment, "1.00"), ask_back(payment, "2.00")
    Refund.objects.filter(pk=second.pk).update(next_try_at=timezone.now() + timedelta(minutes=1))
    send_due_refunds(now=timezone.now())
    assert dict(Refund.objects.values_list("pk", "attempts")) == {first.pk: 1, second.pk: 0}


def test_refund_that_razorpay_took_does_not_fail_by_a_refused_question(payment, simulator):
    refund = ask_back(payment)
    Refund.objects.update(razorpay_refund_id="rfnd_ABCDEFGHIJKLMN")
    send_refund(refund_id=refund.pk)
    assert Refund.objects.values_list("status", "last_error").get() == (
        "pending",
        "The id provided does not exist",
    )


def test_refund_given_up_too_early_is_settled_by_what_razorpay_says(payment):
    refund = ask_back(payment)
    fail_refund(refund_id=refund.pk, why="Refused")
    settle_refund(refund_id=refund.pk, razorpay_refund_id="rfnd_1", status="processed")
    assert Refund.objects.values_list("status", "last_error").get() == ("processed", "")


def test_refund_that_failed_at_the_bank_tells_staff_and_customer(payment):
    refund = ask_back(payment)
    for _ in range(2):
        settle_refund(refund_id=refund.pk, razorpay_refund_id="rfnd_1", status="failed")
    assert Concern.objects.get().subject == f"refund-failed:{refund.key}"
    assert OutgoingEmail.objects.filter(purpose=f"refund-failed:{refund.key}").count() == 1


def test_status_that_nobody_knows_counts_as_pending(payment):
    refund = ask_back(payment)
    settle_refund(refund_id=refund.pk, razorpay_refund_id="rfnd_1", status="pondering")
    assert Refund.objects.values_list("status", "attempts").get() == ("pending", 1)


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
