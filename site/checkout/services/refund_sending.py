"""Refunds at the gateway: asked for under their key, followed until they end, given up where refused."""

import logging
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from checkout.enums import PaymentEffect, RefundStatus
from checkout.gateways import razorpay
from checkout.gateways.razorpay import GatewayRefund
from checkout.models import Order, Payment, Refund
from checkout.services.concerns import open_concern
from checkout.services.mails import queue_refund_failed
from checkout.services.refunds import note_arrival
from database.backoff import find_pause
from database.sweeps import SWEEP_SIZE, sweep
from database.transactions import entry_service

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
SLOW_AFTER = timedelta(days=7)


def send_due_refunds(*, now: datetime) -> None:
    """Go on with every pending refund whose time has come."""
    due = Refund.objects.due(now).values_list("pk", flat=True)[:SWEEP_SIZE]
    sweep(lambda refund_id: send_refund(refund_id=refund_id), due)


def send_refund(*, refund_id: int) -> None:
    """Ask Razorpay for a refund that is pending, or how it is doing. Safe to repeat: the key is the same."""
    refund = Refund.objects.pending().select_related("payment").filter(pk=refund_id).first()
    if refund is None:
        return
    try:
        answer = ask_gateway(refund)
    except razorpay.GatewayUnavailable as error:
        logger.warning("Refund %s waits: %s", refund.key, error)
        postpone_refund(refund_id=refund.pk, why=str(error))
    except razorpay.GatewayError as error:
        logger.warning("Refund %s is refused: %s", refund.key, error)
        fail_refund(refund_id=refund.pk, why=str(error))
    else:
        settle_refund(refund_id=refund.pk, razorpay_refund_id=answer.id, status=answer.status)


def ask_gateway(refund: Refund) -> GatewayRefund:
    """How the refund stands, made where it was not. Raises `GatewayError` where it will never be."""
    if refund.razorpay_refund_id:
        return follow_up(refund.razorpay_refund_id)
    payment_id = refund.payment.provider_id
    if refund.attempts:
        # The answer to an earlier try was lost, and nobody says for how long Razorpay knows a key.
        made = razorpay.find_refund(payment_id=payment_id, key=refund.key)
        if made is not None:
            return made
    try:
        return razorpay.create_refund(payment_id=payment_id, amount=refund.amount, key=refund.key)
    except razorpay.GatewayUnavailable:
        raise
    except razorpay.GatewayError:
        # Before it is given up: perhaps it is refused because it has been done.
        made = razorpay.find_refund(payment_id=payment_id, key=refund.key)
        if made is None:
            raise
        return made


def follow_up(razorpay_refund_id: str) -> GatewayRefund:
    """How a refund stands that Razorpay has taken: no answer, whatever its kind, means that it failed."""
    try:
        return razorpay.fetch_refund(razorpay_refund_id)
    except razorpay.GatewayError as error:
        raise razorpay.GatewayUnavailable(str(error)) from error


@entry_service
def postpone_refund(*, refund_id: int, why: str) -> None:
    """Try again later and later. A refund that waits for days is put before staff."""
    refund = Refund.objects.pending().select_related("payment").filter(pk=refund_id).first()
    if refund is not None:
        plan_next_try(refund)
        Refund.objects.filter(pk=refund_id).update(last_error=why[:255])


def plan_next_try(refund: Refund) -> None:
    """Inner service: one attempt more, and a longer pause."""
    now = timezone.now()
    pause = find_pause(attempts=refund.attempts, first=FIRST_PAUSE, longest=LONGEST_PAUSE)
    Refund.objects.filter(pk=refund.pk).update(attempts=F("attempts") + 1, next_try_at=now + pause)
    if now - refund.created_at > SLOW_AFTER:
        open_concern(
            subject=f"refund-slow:{refund.key}",
            text=f"The refund of ₹{refund.amount} for order #{refund.payment.order_id} is pending for a week.",
            order_id=refund.payment.order_id,
        )


@entry_service
def fail_refund(*, refund_id: int, why: str) -> None:
    """Give up a refund that Razorpay refuses for good: its money counts as not refunded again."""
    refund = Refund.objects.select_related("payment").get(pk=refund_id)
    order = Order.objects.select_for_update().get(pk=refund.payment.order_id)
    failed = {"status": RefundStatus.FAILED, "last_error": why[:255]}
    if Refund.objects.pending().filter(pk=refund_id).update(**failed):
        tell_failure(refund=refund, order=order, why=why)


@entry_service
def settle_refund(*, refund_id: int, razorpay_refund_id: str, status: str) -> None:
    """Write down Razorpay's answer; a refund that Razorpay has ended stays as it is."""
    refund = Refund.objects.select_related("payment").get(pk=refund_id)
    order = Order.objects.select_for_update().get(pk=refund.payment.order_id)
    known = status if status in RefundStatus.values else RefundStatus.PENDING
    why = "Razorpay could not send the money back." if known == RefundStatus.FAILED else ""
    changes = {"razorpay_refund_id": razorpay_refund_id, "status": known, "last_error": why}
    if not Refund.objects.unsettled().filter(pk=refund_id).update(**changes):
        return
    if known == RefundStatus.PENDING:
        plan_next_try(refund)
    elif known == RefundStatus.FAILED:
        tell_failure(refund=refund, order=order, why=why)
    else:
        refund.status = known
        note_arrival(refund=refund, order=order)


def tell_failure(*, refund: Refund, order: Order, why: str) -> None:
    """Staff get a concern, the customer a mail; a payment that could not go back is held. Inner service."""
    returns = (PaymentEffect.SURPLUS, PaymentEffect.LATE)
    Payment.objects.filter(pk=refund.payment_id, effect__in=returns).update(effect=PaymentEffect.HELD)
    open_concern(
        subject=f"refund-failed:{refund.key}",
        text=f"The refund of ₹{refund.amount} for order #{order.number} failed: {why}",
        order_id=order.pk,
    )
    queue_refund_failed(order=order, amount=refund.amount, key=refund.key)
