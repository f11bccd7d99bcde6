"""What Razorpay tells of refunds, the ones made in its dashboard too: each is in the books once."""

import logging
from datetime import datetime, timedelta

from django.db.models import Q, Sum

from checkout.enums import RefundStatus
from checkout.gateways import razorpay
from checkout.gateways.razorpay import GatewayPayment, GatewayRefund
from checkout.models import Order, Payment, Refund
from checkout.services.mails import queue_order_refunded
from checkout.services.refund_sending import settle_refund, tell_failure
from checkout.services.refunds import ZERO, note_arrival
from database.sweeps import sweep
from database.transactions import entry_service

logger = logging.getLogger(__name__)

# Razorpay repeats an event for a day; the hours on top are for a shop that was away itself.
LOOK_BACK = timedelta(days=2)


def record_refund(*, reported: GatewayRefund) -> Refund:
    """Write down how a refund stands: one of ours, or one that somebody made at Razorpay.

    Raises `Payment.DoesNotExist`.
    """
    refund = find_booked(reported)
    if refund is None:
        return adopt_refund(reported=reported)
    settle_refund(refund_id=refund.pk, razorpay_refund_id=reported.id, status=reported.status)
    return refund


def find_booked(reported: GatewayRefund) -> Refund | None:
    """By Razorpay's id, or by our key where the answer that named the id was lost."""
    known = Q(razorpay_refund_id=reported.id)
    if reported.receipt:
        known |= Q(razorpay_refund_id=None, key=reported.receipt, payment__provider_id=reported.payment_id)
    return Refund.objects.filter(known).first()


@entry_service
def adopt_refund(*, reported: GatewayRefund) -> Refund:
    """Take a refund into the books that somebody made at Razorpay, and tell of it as of any other.

    Raises `Payment.DoesNotExist`.
    """
    payment = Payment.objects.get(provider="razorpay", provider_id=reported.payment_id)
    order = Order.objects.select_for_update().get(pk=payment.order_id)
    refund, is_new = Refund.objects.get_or_create(
        razorpay_refund_id=reported.id,
        defaults={
            "payment": payment,
            "key": f"razorpay-{reported.id}",
            "amount": reported.amount,
            "status": reported.status if reported.status in RefundStatus.values else RefundStatus.PENDING,
            "reason": "Made at Razorpay",
        },
    )
    if is_new and refund.status == RefundStatus.FAILED:
        tell_failure(refund=refund, order=order, why="Razorpay could not send the money back.")
    elif is_new:
        queue_order_refunded(order=order, amount=refund.amount, reason="", key=refund.key)
        note_arrival(refund=refund, order=order)
    return refund


def collect_refunds(*, reported: GatewayPayment) -> None:
    """Book what went back of a payment without our knowing. Asks only where the sums differ.

    Raises `GatewayUnavailable` and `GatewayError`.
    """
    booked = (
        Refund.objects.standing().filter(payment__provider_id=reported.id).exclude(razorpay_refund_id=None)
    )
    if reported.refunded == (booked.aggregate(total=Sum("amount"))["total"] or ZERO):
        return
    for refund in razorpay.fetch_refunds(payment_id=reported.id):
        record_refund(reported=refund)


def collect_recent_refunds(*, now: datetime) -> int:
    """Book what was refunded lately and no event told us. Returns how many were news.

    Refunds come weeks after their payments, when nobody asks about those any more. Payments of others
    who share the account are not ours to look at.
    """
    try:
        recent = razorpay.fetch_recent_refunds(since=now - LOOK_BACK)
    except razorpay.GatewayError as error:
        logger.warning("Recent refunds are looked at later: %s", error)
        return 0
    return sweep(record_news, [refund for refund in recent if is_news(refund)])


def is_news(reported: GatewayRefund) -> bool:
    is_known = Refund.objects.filter(razorpay_refund_id=reported.id).exists()
    return not is_known and Payment.objects.filter(provider_id=reported.payment_id).exists()


def record_news(reported: GatewayRefund) -> bool:
    record_refund(reported=reported)
    return True
