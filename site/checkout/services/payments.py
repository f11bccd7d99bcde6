"""Money that the gateway reports: one forward-only path for the browser, the webhook and the sweeps."""

from django.db import transaction
from django.utils import timezone

from checkout.enums import (
    PAID_STATUSES,
    PAYMENT_RANK,
    IntentStatus,
    OrderEvent,
    OrderStatus,
    PaymentEffect,
    PaymentStatus,
)
from checkout.gateways import razorpay
from checkout.gateways.razorpay import GatewayPayment
from checkout.models import Order, Payment, PaymentIntent
from checkout.services.announcements import announce_order
from checkout.services.concerns import open_concern
from checkout.services.coupons import retake_coupon_use
from checkout.services.mails import queue_order_confirmation
from checkout.services.refunds import request_refund
from checkout.services.transitions import move_order
from database.transactions import entry_service
from shop.services.stock import OutOfStock, Unavailable, hold_stock


class UnknownPayment(Exception):
    """The payment belongs to no intent of this shop."""


def apply_payment(*, razorpay_payment_id: str) -> Payment:
    """Ask Razorpay about a payment and let it take effect, once, however often it is reported.

    Raises `UnknownPayment`, `GatewayUnavailable` and `GatewayError`.
    """
    return apply_report(razorpay.fetch_payment(razorpay_payment_id))


def apply_report(reported: GatewayPayment) -> Payment:
    """Let what Razorpay says now take effect; authorized money that is wanted is captured.

    Raises `UnknownPayment`, `GatewayUnavailable` and `GatewayError`.
    """
    payment = record_payment(reported=reported)
    if payment.status == PaymentStatus.AUTHORIZED and is_capture_wanted(payment):
        payment = record_payment(reported=capture(payment))
    return payment


def capture(payment: Payment) -> GatewayPayment:
    """Take authorized money. Where Razorpay refuses, because it took it itself meanwhile, tell how it stands."""
    try:
        return razorpay.capture_payment(
            payment_id=payment.provider_id, amount=payment.amount, currency=payment.currency
        )
    except razorpay.GatewayUnavailable:
        raise
    except razorpay.GatewayError:
        reported = razorpay.fetch_payment(payment.provider_id)
        if reported.status == PaymentStatus.AUTHORIZED:
            raise
        return reported


def is_capture_wanted(payment: Payment) -> bool:
    """Whether authorized money should be taken: it is the right amount for an order that nothing has paid.

    An order that has ended counts too: taken, the money pays it or goes back at once; left alone, the
    buyer would miss it for days.
    """
    return not payment.order.is_paid and (payment.amount, payment.currency) == (
        payment.intent.amount,
        payment.intent.currency,
    )


@entry_service
def record_payment(*, reported: GatewayPayment) -> Payment:
    """Write down what the gateway reported and act on captured money. Raises `UnknownPayment`."""
    intent = PaymentIntent.objects.filter(razorpay_order_id=reported.order_id).first()
    if intent is None:
        raise UnknownPayment(f"No order here waits for payment {reported.id}.")
    # The order's lock makes its payments queue up: each sees what the ones before it did.
    order = Order.objects.select_for_update().get(pk=intent.order_id)
    payment, is_new = Payment.objects.get_or_create(
        provider="razorpay",
        provider_id=reported.id,
        defaults={
            "order": order,
            "intent": intent,
            "status": reported.status,
            "amount": reported.amount,
            "currency": reported.currency,
            "method": reported.method,
            "error": reported.error[:255],
        },
    )
    payment.order = order
    if not is_new and PAYMENT_RANK[reported.status] <= PAYMENT_RANK[payment.status]:
        return payment
    advance_payment(payment=payment, reported=reported)
    return payment


def advance_payment(*, payment: Payment, reported: GatewayPayment) -> None:
    """Move a payment forward, never back, and give captured money its effect."""
    payment.status = reported.status
    payment.error = reported.error[:255]
    is_captured = reported.status in (PaymentStatus.CAPTURED, PaymentStatus.REFUNDED)
    if is_captured and not payment.effect:
        payment.captured_at = timezone.now()
        payment.effect = decide_effect(payment=payment, reported=reported)
    payment.save(update_fields=["status", "error", "captured_at", "effect"])
    mark_intent(intent=payment.intent)


def mark_intent(*, intent: PaymentIntent) -> None:
    """Say how far its payments came. Paid stays paid, and cancelled is left only by money."""
    reached = set(Payment.objects.filter(intent=intent).values_list("status", flat=True))
    intents = PaymentIntent.objects.filter(pk=intent.pk)
    if reached & {PaymentStatus.CAPTURED, PaymentStatus.REFUNDED}:
        intents.update(status=IntentStatus.PAID)
    elif reached == {PaymentStatus.FAILED}:
        intents.open().update(status=IntentStatus.FAILED)
    else:
        intents.open().update(status=IntentStatus.ATTEMPTED)


def decide_effect(*, payment: Payment, reported: GatewayPayment) -> PaymentEffect:
    """What captured money does: pays the order, goes back, or waits for staff. Nothing is silent."""
    order, intent = payment.order, payment.intent
    expected = (intent.amount, intent.currency)
    if (reported.amount, reported.currency) != expected or intent.amount != order.total:
        return hold_for_staff(payment, why=f"₹{expected[0]} was asked for, {describe(reported)} came")
    if reported.status == PaymentStatus.REFUNDED:
        return hold_for_staff(payment, why="it was refunded at Razorpay before the shop saw it captured")
    if order.status in PAID_STATUSES:
        request_refund(payment=payment, amount=payment.amount, reason="The order was already paid.")
        return PaymentEffect.SURPLUS
    if order.status != OrderStatus.PLACED and not hold_again(order):
        request_refund(
            payment=payment,
            amount=payment.amount,
            reason="The payment came after the order had ended, and the products are sold out.",
            mail="payment_late",
        )
        return PaymentEffect.LATE
    pay_order(order=order, why=f"Payment {payment.provider_id}")
    return PaymentEffect.APPLIED


def describe(reported: GatewayPayment) -> str:
    return f"{reported.currency} {reported.amount}"


def hold_for_staff(payment: Payment, *, why: str) -> PaymentEffect:
    """Put money that fits nothing before staff. Inner service."""
    open_concern(
        subject=f"payment-held:{payment.provider_id}",
        text=f"Payment {payment.provider_id} of order #{payment.order_id} is held: {why}.",
        order_id=payment.order_id,
    )
    return PaymentEffect.HELD


def hold_again(order: Order) -> bool:
    """Take an ended order's stock off the shelf once more, and its coupon. False where the stock is gone."""
    quantities = dict(order.items.values_list("product_id", "quantity"))
    try:
        with transaction.atomic():
            retake_coupon_use(order=order)  # before the products, as everywhere
            hold_stock(quantities=quantities, order_id=order.pk)
    except (OutOfStock, Unavailable):
        return False
    return True


def pay_order(*, order: Order, why: str, by_id: int | None = None) -> None:
    """Mark an order paid, queue its confirmation and tell clients. Inner service.

    One that staff had hidden is shown again: its buyer has paid for it.
    """
    now = timezone.now()
    move_order(
        order=order,
        to_status=OrderStatus.PAID,
        why=why,
        at=now,
        by_id=by_id,
        paid_at=now,
        hidden_at=None,
    )
    queue_order_confirmation(order=order)
    announce_order(order, OrderEvent.PAID)
