"""What buyers contest with their banks, as Razorpay tells. Staff answer there; the shop keeps the books."""

from datetime import datetime

from django.utils.timezone import localtime

from checkout.gateways.razorpay import GatewayDispute
from checkout.models import Dispute, Order, Payment
from checkout.services.concerns import open_concern
from checkout.services.payments import UnknownPayment
from database.transactions import entry_service

ENDED = ("won", "lost", "closed")


@entry_service
def record_dispute(*, reported: GatewayDispute, reported_at: datetime) -> Dispute:
    """Write down how a dispute stands. Events come in any order: an older one changes nothing.

    Raises `UnknownPayment`.
    """
    payment = Payment.objects.filter(provider="razorpay", provider_id=reported.payment_id).first()
    if payment is None:
        raise UnknownPayment(f"No payment {reported.payment_id} was made here.")
    Order.objects.select_for_update().get(pk=payment.order_id)
    columns = {
        "payment": payment,
        "amount": reported.amount,
        "amount_deducted": reported.amount_deducted,
        "currency": reported.currency,
        "phase": reported.phase[:20],
        "reason_code": reported.reason_code[:100],
        "status": reported.status[:20],
        "respond_by": reported.respond_by,
        "reported_at": reported_at,
    }
    dispute, is_new = Dispute.objects.get_or_create(razorpay_dispute_id=reported.id, defaults=columns)
    if not is_new and not is_news(dispute, reported=reported, reported_at=reported_at):
        return dispute
    for name, value in columns.items():
        setattr(dispute, name, value)
    dispute.save()
    tell_dispute(dispute)
    return dispute


def is_news(dispute: Dispute, *, reported: GatewayDispute, reported_at: datetime) -> bool:
    """Events of the same second: the one that ends the dispute is the later one."""
    if reported_at == dispute.reported_at:
        return dispute.status not in ENDED
    return reported_at > dispute.reported_at


def tell_dispute(dispute: Dispute) -> None:
    payment = dispute.payment
    # In the shop's time: late in the evening UTC, the day to answer by is already the next one.
    until = (
        f" Answer it at Razorpay by {localtime(dispute.respond_by):%d.%m.%Y}." if dispute.respond_by else ""
    )
    open_concern(
        subject=f"dispute:{dispute.razorpay_dispute_id}:{dispute.status}",
        text=(
            f"The buyer of order #{payment.order_id} disputes ₹{dispute.amount} of payment "
            f"{payment.provider_id} ({dispute.reason_code}): {dispute.status}."
            + (until if dispute.status not in ENDED else "")
        ),
        order_id=payment.order_id,
    )
