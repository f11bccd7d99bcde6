"""What clients are told about orders, in the transaction that moves them. Inner services.

Small, and nobody's name or address: who may know more asks the API.
"""

from typing import Any

from checkout.enums import OrderEvent, PaymentEffect, RefundStatus
from checkout.models import Order, Refund
from notifications.services.announcements import announce


def announce_order(order: Order, event: OrderEvent) -> None:
    """Say what happened to an order, once for ever: none is placed, paid, sent or ended twice in its life.

    An order that was ended can still be paid, and is not ended again then.
    """
    announce(kind=event, key=str(order.pk), describe=lambda: describe_order(order))


def announce_refund(*, refund: Refund, order: Order) -> None:
    """Say that money went back, once it did. Not of money that never paid for the order."""
    is_done = refund.status == RefundStatus.PROCESSED
    if is_done and refund.payment.effect == PaymentEffect.APPLIED:
        announce(
            kind=OrderEvent.REFUNDED,
            key=str(refund.pk),
            describe=lambda: {**describe_order(order), "refund": describe_refund(refund)},
        )


def describe_order(order: Order) -> dict[str, Any]:
    """The API's names; `total` in rupees."""
    return {
        "id": order.pk,
        "number": order.number,
        "customer": order.customer_id,
        "status": str(order.status),
        "payment_status": order.payment_status.value,
        "payment_method": str(order.payment_method),
        "placed_at": order.placed_at,
        "currency": order.currency,
        "total": order.total,
    }


def describe_refund(refund: Refund) -> dict[str, Any]:
    """`amount` in rupees."""
    return {
        "id": refund.pk,
        "amount": refund.amount,
        "status": str(refund.status),
        "reason": refund.reason,
    }
