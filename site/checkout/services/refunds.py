"""Refunds: the row first, with its key, then the gateway."""

import logging
from decimal import Decimal

from django.db.models import Sum

from checkout.enums import RefundStatus
from checkout.gateways import razorpay
from checkout.models import Payment, Refund
from checkout.services.mails import queue_order_refunded
from database.transactions import entry_service, send_after_commit

logger = logging.getLogger(__name__)

SEND_TASK = "checkout.payments.send_refund"


class RefundExceedsCaptured(Exception):
    """More would go back than was captured."""

    def __init__(self) -> None:
        super().__init__("The refund is more than what was captured.")


def request_refund(
    *,
    payment: Payment,
    amount: Decimal,
    reason: str,
    by_id: int | None = None,
    idempotency_key: str | None = None,
) -> Refund:
    """Write a refund of `amount` rupees and have it sent after commit. Inner service.

    The caller holds the order's lock. Raises `RefundExceedsCaptured`.
    """
    earlier = payment.refunds.exclude(status=RefundStatus.FAILED)
    done = earlier.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    if amount > payment.amount - done:
        raise RefundExceedsCaptured
    # Deterministic: the same refund, asked for again after a crash, has the same key.
    key = f"refund-{payment.provider_id}-{payment.refunds.count() + 1}"
    refund = Refund.objects.create(
        payment=payment,
        key=key,
        amount=amount,
        reason=reason,
        by_id=by_id,
        idempotency_key=idempotency_key,
    )
    queue_order_refunded(order=payment.order, amount=amount, reason=reason, key=key)
    send_after_commit(SEND_TASK, refund.pk)
    return refund


def send_refund(*, refund_id: int) -> None:
    """Ask Razorpay for a refund that is pending, or how it is doing. Safe to repeat: the key is the same."""
    refund = Refund.objects.pending().select_related("payment").filter(pk=refund_id).first()
    if refund is None:
        return
    try:
        if refund.razorpay_refund_id:
            answer = razorpay.fetch_refund(refund.razorpay_refund_id)
        else:
            answer = razorpay.create_refund(
                payment_id=refund.payment.provider_id, amount=refund.amount, key=refund.key
            )
    except razorpay.GatewayError as error:
        logger.warning("Refund %s waits: %s", refund.key, error)
        Refund.objects.filter(pk=refund.pk).update(last_error=str(error)[:255])
        return
    settle_refund(refund_id=refund.pk, razorpay_refund_id=answer.id, status=answer.status)


@entry_service
def settle_refund(*, refund_id: int, razorpay_refund_id: str, status: str) -> None:
    """Write down Razorpay's answer; a refund that has ended stays as it is."""
    Refund.objects.pending().filter(pk=refund_id).update(
        razorpay_refund_id=razorpay_refund_id, status=status, last_error=""
    )
