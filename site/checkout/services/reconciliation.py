"""Asking Razorpay what became of intents, and repairing what webhooks missed."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from checkout.enums import IntentStatus, PaymentStatus
from checkout.gateways import razorpay
from checkout.models import Order, Payment, PaymentIntent, Refund
from checkout.services.concerns import open_concern
from checkout.services.payments import apply_report
from checkout.services.refund_reports import collect_refunds
from checkout.services.refund_sending import send_refund
from database.sweeps import SWEEP_SIZE, sweep
from database.transactions import entry_service

logger = logging.getLogger(__name__)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Counted from the intent's making. Banks tell most within minutes, some after days.
WHILE_OPEN = (
    *(timedelta(minutes=minutes) for minutes in (2, 5, 15, 60)),
    *(HOUR * count for count in range(2, 25)),
    *(DAY * count for count in range(2, 7)),
)
# A second payment for what is paid is rare, and must not be kept in silence either.
WHEN_PAID = (HOUR, DAY, DAY * 6)
# A check that was begun and not finished, because the process or the gateway went away, is done again.
RETRY_AFTER = timedelta(minutes=10)
LONGEST_AUTHORIZED = HOUR


def find_next_check(*, created_at: datetime, now: datetime, is_paid: bool) -> datetime | None:
    """When Razorpay is asked again about an intent of this age; None once it is too old to change."""
    offsets = WHEN_PAID if is_paid else WHILE_OPEN
    return next((created_at + offset for offset in offsets if created_at + offset > now), None)


def reconcile_due_intents(*, now: datetime) -> int:
    """Ask about every intent whose check is due. Returns how many were asked about."""
    due = PaymentIntent.objects.due(now).values_list("pk", flat=True)[:SWEEP_SIZE]
    return sweep(lambda intent_id: reconcile_intent(intent_id=intent_id, now=now), due)


def reconcile_intent(*, intent_id: int, now: datetime) -> bool:
    """Ask about one intent whose check is due. False where another process has it, or it is not due.

    Raises `GatewayUnavailable`; it is asked again after `RETRY_AFTER` then.
    """
    intent = claim_check(intent_id=intent_id, now=now)
    if intent is None:
        return False
    try:
        collect_payments(intent)
    except razorpay.GatewayUnavailable:
        raise
    except razorpay.GatewayError as error:
        logger.warning("Razorpay says nothing of order %s: %s", intent.razorpay_order_id, error)
    plan_next_check(intent_id=intent_id, now=now)
    return True


@entry_service
def claim_check(*, intent_id: int, now: datetime) -> PaymentIntent | None:
    claimed = PaymentIntent.objects.due(now).order_by().filter(pk=intent_id)
    if not claimed.update(next_check_at=now + RETRY_AFTER):
        return None
    return PaymentIntent.objects.get(pk=intent_id)


@entry_service
def plan_next_check(*, intent_id: int, now: datetime) -> None:
    intent = PaymentIntent.objects.get(pk=intent_id)
    is_paid = intent.status == IntentStatus.PAID
    next_check_at = find_next_check(created_at=intent.created_at, now=now, is_paid=is_paid)
    PaymentIntent.objects.filter(pk=intent_id).update(next_check_at=next_check_at)


def collect_payments(intent: PaymentIntent) -> None:
    """Let everything that Razorpay knows of an intent take effect, each payment with its refunds for itself.

    Raises `GatewayUnavailable`, and `GatewayError` where Razorpay does not know the intent. Staff are told
    of money that it does not let us take.
    """
    for reported in razorpay.fetch_payments(intent.razorpay_order_id):
        try:
            payment = apply_report(reported)
        except razorpay.GatewayUnavailable:
            raise
        except razorpay.GatewayError as error:
            logger.warning("Payment %s could not be taken: %s", reported.id, error)
            payment = Payment.objects.get(provider="razorpay", provider_id=reported.id)
        watch_authorized(payment_id=payment.pk, now=timezone.now())
        collect_refunds(reported=reported)


@entry_service
def watch_authorized(*, payment_id: int, now: datetime) -> None:
    """Tell staff of money that is authorized for long: Razorpay sends it back after days if nobody takes it."""
    payment = Payment.objects.get(pk=payment_id)
    if payment.status == PaymentStatus.AUTHORIZED and now - payment.created_at > LONGEST_AUTHORIZED:
        open_concern(
            subject=f"authorized:{payment.provider_id}",
            text=f"Payment {payment.provider_id} of order #{payment.order_id} is authorized, but not captured.",
            order_id=payment.order_id,
        )


def reconcile_order(*, order_id: int) -> Order:
    """Ask about everything of one order now: each intent, whatever its age, and each pending refund.

    Raises `Order.DoesNotExist`, `GatewayUnavailable` and `GatewayError`.
    """
    order = Order.objects.get(pk=order_id)
    for intent in order.payment_intents.at_gateway():
        collect_payments(intent)
    for refund in Refund.objects.pending().filter(payment__order=order):
        send_refund(refund_id=refund.pk)
    return Order.objects.get(pk=order_id)
