"""Sending what was ordered, and taking it for delivered in the end."""

from datetime import datetime, timedelta

from django.conf import settings

from checkout.enums import OrderEvent, OrderStatus
from checkout.models import Order
from checkout.services.announcements import announce_order
from checkout.services.shares import find_rest
from checkout.services.transitions import move_order
from database.sweeps import sweep
from database.transactions import entry_service


class NothingToSend(Exception):
    """The order was refunded whole."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            f"Order #{order.number} was refunded whole: nothing of it is left to send. "
            "Stop the parcel if it is packed."
        )


@entry_service
def fulfil_order(*, order_id: int, at: datetime, by_id: int | None = None) -> Order:
    """Note that an order has left: one that is paid, or one to be paid in cash.

    Raises `TransitionRefused`, and `NothingToSend` where it was refunded whole.
    """
    # Refunds take the same lock: none comes between the look and the step.
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.is_refunded or not find_rest(order):
        raise NothingToSend(order)
    move_order(order=order, to_status=OrderStatus.FULFILLED, why="Sent", at=at, by_id=by_id)
    announce_order(order, OrderEvent.FULFILLED)
    return order


def complete_delivered_orders(*, now: datetime) -> int:
    """Complete the paid orders that left `ORDER_COMPLETE_DAYS` ago: nobody said that they did not arrive.

    Returns how many.
    """
    before = now - timedelta(days=settings.ORDER_COMPLETE_DAYS)
    due = Order.objects.sent_before(before).values_list("pk", flat=True)
    return sweep(lambda pk: complete_order(order_id=pk, at=now), due)


@entry_service
def complete_order(*, order_id: int, at: datetime) -> bool:
    """Note that a paid order arrived. Returns whether it was still on its way."""
    orders = Order.objects.select_for_update().filter(pk=order_id, status=OrderStatus.FULFILLED)
    order = orders.exclude(paid_at=None).first()
    if order is None:
        return False
    move_order(order=order, to_status=OrderStatus.COMPLETED, why="Delivered, as far as we know", at=at)
    return True
