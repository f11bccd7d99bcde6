from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from checkout.gateways.razorpay import GatewayDispute, read_dispute
from checkout.models import Concern, Dispute
from checkout.services.disputes import record_dispute
from checkout.services.payments import UnknownPayment
from tests.factories.orders import make_paid_order

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
ENTITY = {
    "id": "disp_1",
    "entity": "dispute",
    "payment_id": "pay_1",
    "amount": 11000,
    "currency": "INR",
    "amount_deducted": 0,
    "reason_code": "goods_not_received",
    "respond_by": 1796117600,
    "status": "open",
    "phase": "chargeback",
}


def report(payment_id: str, **changed: Any) -> GatewayDispute:
    return read_dispute({**ENTITY, "payment_id": payment_id, **changed})


@pytest.fixture
def payment():
    return make_paid_order().payments.get()


def test_dispute_is_written_down_and_put_before_staff(payment):
    record_dispute(reported=report(payment.provider_id), reported_at=AT)
    dispute = Dispute.objects.get()
    assert (dispute.payment, dispute.amount, dispute.amount_deducted) == (payment, Decimal("110.00"), 0)
    assert (dispute.status, dispute.phase, dispute.reason_code) == (
        "open",
        "chargeback",
        "goods_not_received",
    )
    assert dispute.respond_by == datetime.fromtimestamp(1796117600, tz=UTC)
    concern = Concern.objects.get()
    assert (concern.subject, concern.order) == ("dispute:disp_1:open", payment.order)
    assert concern.text == (
        f"The buyer of order #{payment.order_id} disputes ₹110.00 of payment {payment.provider_id} "
        "(goods_not_received): open. Answer it at Razorpay by 01.12.2026."
    )


@pytest.mark.parametrize(
    ("seconds", "status", "ends"),
    [(1, "lost", "lost"), (0, "lost", "lost"), (-1, "lost", "open")],
)
def test_newer_event_moves_a_dispute_on(payment, seconds, status, ends):
    record_dispute(reported=report(payment.provider_id), reported_at=AT)
    later = report(payment.provider_id, status=status, amount_deducted=11000, respond_by=None)
    record_dispute(reported=later, reported_at=AT + timedelta(seconds=seconds))
    assert Dispute.objects.get().status == ends


def test_ended_dispute_is_not_opened_by_an_event_of_the_same_second(payment):
    for status in ("won", "open"):
        record_dispute(reported=report(payment.provider_id, status=status), reported_at=AT)
    assert Dispute.objects.get().status == "won"


def test_repeated_event_changes_nothing(payment):
    for _ in range(3):
        record_dispute(reported=report(payment.provider_id), reported_at=AT)
    assert (Dispute.objects.count(), Concern.objects.count()) == (1, 1)


def test_dispute_of_an_unknown_payment_is_refused():
    with pytest.raises(UnknownPayment):
        record_dispute(reported=report("pay_elsewhere"), reported_at=AT)


def test_day_to_answer_by_is_the_shops_day(payment):
    late = datetime(2026, 11, 30, 20, tzinfo=UTC)  # half past one on the next morning in India
    record_dispute(reported=report(payment.provider_id, respond_by=int(late.timestamp())), reported_at=AT)
    assert "Answer it at Razorpay by 01.12.2026." in Concern.objects.get().text
