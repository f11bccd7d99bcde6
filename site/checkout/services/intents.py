"""Opening a payment: an intent of ours, an order at Razorpay, and a longer hold of the stock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from checkout.gateways import razorpay, signatures
from checkout.models import Order, Payment, PaymentIntent
from checkout.services.payments import apply_payment
from database.transactions import entry_service

SHOP_MARGIN = timedelta(minutes=1)
# When Razorpay is asked for the first time what became of an intent; `reconciliation` says when next.
FIRST_CHECK = timedelta(minutes=2)


class AlreadyPaid(Exception):
    def __init__(self) -> None:
        super().__init__("Order is already paid")


class OrderEnded(Exception):
    """The order has expired or was cancelled: there is nothing left to pay."""

    def __init__(self) -> None:
        super().__init__("The order has expired or was cancelled. Please order again.")


class PaidInCash(Exception):
    """The order is to be paid in cash: no online payment is opened for it."""

    def __init__(self, order: Order) -> None:
        super().__init__(f"Order #{order.number} is paid in cash on delivery.")


class IntentNotFound(Exception):
    def __init__(self) -> None:
        super().__init__("Payment intent not found")


class InvalidSignature(Exception):
    def __init__(self) -> None:
        super().__init__("Invalid payment signature")


@dataclass(frozen=True)
class PaymentWindow:
    """What the payment window needs; `timeout` in seconds ends it a minute before the order expires."""

    intent: PaymentIntent
    order: Order
    timeout: int

    def options(self) -> dict[str, Any]:
        """Razorpay's own options for its checkout.js, amount in paise."""
        return {
            "key": settings.RAZORPAY_KEY_ID,
            "amount": razorpay.to_paise(self.intent.amount),
            "currency": self.intent.currency,
            "order_id": self.intent.razorpay_order_id,
            "description": f"Payment for Order #{self.order.number}",
            "prefill": {"name": self.order.name, "email": self.order.email, "contact": self.order.phone},
            "timeout": self.timeout,
        }


def open_payment(*, order_id: int, now: datetime, idempotency_key: str | None = None) -> PaymentWindow:
    """Get an order ready to be paid. An open intent for the same amount is used again.

    Raises `AlreadyPaid`, `OrderEnded`, `PaidInCash` and `GatewayUnavailable`; nothing is lost then, and the next call
    goes on where this one stopped.
    """
    intent = prepare_intent(order_id=order_id, now=now, idempotency_key=idempotency_key)
    if intent.razorpay_order_id is None:
        intent = name_intent(intent_id=intent.pk, razorpay_order_id=order_at_gateway(intent))
    order = intent.order
    seconds = (order.expires_at - SHOP_MARGIN - now).total_seconds()
    return PaymentWindow(intent=intent, order=order, timeout=max(int(seconds), 30))


@entry_service
def prepare_intent(*, order_id: int, now: datetime, idempotency_key: str | None = None) -> PaymentIntent:
    """The order's open intent for its total, made where there is none; the hold is extended, once."""
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.is_paid:
        raise AlreadyPaid
    if order.is_ended:
        raise OrderEnded
    if order.is_cash:
        raise PaidInCash(order)
    extend_hold(order=order, now=now)
    wanted = {"amount": order.total, "currency": order.currency}
    intent = order.payment_intents.open().filter(**wanted).first()
    return intent or PaymentIntent.objects.create(
        order=order,
        created_at=now,
        next_check_at=now + FIRST_CHECK,
        idempotency_key=idempotency_key,
        **wanted,
    )


def extend_hold(*, order: Order, now: datetime) -> None:
    """Opening the payment gives at least `ORDER_HOLD_EXTENSION_MINUTES` from now, the first time."""
    if order.hold_extended_at is not None:
        return
    order.hold_extended_at = now
    order.expires_at = max(order.expires_at, now + timedelta(minutes=settings.ORDER_HOLD_EXTENSION_MINUTES))
    order.save(update_fields=["hold_extended_at", "expires_at"])


def order_at_gateway(intent: PaymentIntent) -> str:
    """The id of the intent's order at Razorpay: looked up first, since an earlier answer may have been lost."""
    found = razorpay.find_order(receipt=intent.receipt)
    return found or razorpay.create_order(
        amount=intent.amount,
        currency=intent.currency,
        receipt=intent.receipt,
        notes={"order": intent.order.number},
    )


@entry_service
def name_intent(*, intent_id: int, razorpay_order_id: str) -> PaymentIntent:
    """Keep Razorpay's id. Of two calls at once the first wins, and both use its id."""
    PaymentIntent.objects.filter(pk=intent_id, razorpay_order_id=None).update(
        razorpay_order_id=razorpay_order_id
    )
    return PaymentIntent.objects.select_related("order").get(pk=intent_id)


def verify_payment(
    *, intents, razorpay_order_id: str, razorpay_payment_id: str, razorpay_signature: str
) -> Payment:
    """Check what the payment window handed to the browser and apply the payment.

    `intents` are those the caller may pay. Raises `IntentNotFound`, `InvalidSignature` and what
    `apply_payment` raises.
    """
    intent = intents.filter(razorpay_order_id=razorpay_order_id).first()
    if intent is None:
        raise IntentNotFound
    is_valid = signatures.is_payment_signature_valid(
        razorpay_order_id=intent.razorpay_order_id,
        payment_id=razorpay_payment_id,
        signature=razorpay_signature,
    )
    if not is_valid:
        raise InvalidSignature
    return apply_payment(razorpay_payment_id=razorpay_payment_id)
