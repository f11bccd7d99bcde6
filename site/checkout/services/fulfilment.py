"""Sending what was ordered."""

from datetime import datetime

from checkout.enums import OrderStatus
from checkout.models import Order
from checkout.services.transitions import move_order
from database.transactions import entry_service


@entry_service
def fulfil_order(*, order_id: int, at: datetime, by_id: int | None = None) -> Order:
    """Note that an order has left: one that is paid, or one to be paid in cash. Raises `TransitionRefused`."""
    order = Order.objects.select_for_update().get(pk=order_id)
    move_order(order=order, to_status=OrderStatus.FULFILLED, why="Sent", at=at, by_id=by_id)
    return order
