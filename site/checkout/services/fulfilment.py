"""Sending what was ordered, whole or in parcels, and taking it for delivered in the end."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings

from checkout.enums import OrderEvent, OrderStatus
from checkout.models import Order, Shipment, ShipmentLine
from checkout.services.announcements import announce_order
from checkout.services.mails import queue_order_sent
from checkout.services.shares import find_rest, sum_quantities
from checkout.services.transitions import TransitionRefused, move_order
from database.sweeps import sweep
from database.transactions import entry_service


class NothingToSend(Exception):
    """The order was refunded whole."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            f"Order #{order.number} was refunded whole: nothing of it is left to send. "
            "Stop the parcel if it is packed."
        )


class MoreThanLeft(Exception):
    """A parcel cannot hold more of a line than is still to be sent, and it holds something."""

    def __init__(self) -> None:
        super().__init__("Enter how many of each line are in the parcel: no more than are still to be sent.")


class CashIsSentWhole(Exception):
    """The door is paid once: what is paid in cash leaves in one parcel."""

    def __init__(self, order: Order) -> None:
        super().__init__(f"Order #{order.number} is paid in cash on delivery: send all of it at once.")


@dataclass(frozen=True)
class Tracking:
    """Who carries a parcel, and how its buyer follows it; empty where nobody does."""

    carrier: str = ""
    tracking_number: str = ""
    tracking_url: str = ""


@entry_service
def fulfil_order(
    *,
    order_id: int,
    at: datetime,
    by_id: int | None = None,
    tracking: Tracking | None = None,
    quantities: Mapping[int, int] | None = None,
) -> Order:
    """Note that a parcel of an order has left: one that is paid, or one to be paid in cash. Its buyer is mailed.

    `quantities` (by order item's id) are what is in it, all that is left unless given. The order is fulfilled
    by its last parcel. Raises `TransitionRefused`, `NothingToSend` where it was refunded whole, `MoreThanLeft`
    and `CashIsSentWhole`.
    """
    # Refunds take the same lock: none comes between the look and the step.
    order = Order.objects.select_for_update().get(pk=order_id)
    left = find_sendable(order)
    packed = choose_packed(left, quantities)
    is_last = packed == left
    if order.is_cash and not is_last:
        raise CashIsSentWhole(order)
    if packed:
        send_parcel(order=order, packed=packed, tracking=tracking or Tracking(), at=at, by_id=by_id)
    if is_last:
        move_order(order=order, to_status=OrderStatus.FULFILLED, why="Sent", at=at, by_id=by_id)
        announce_order(order, OrderEvent.FULFILLED)
    return order


def find_sendable(order: Order) -> dict[int, int]:
    """What `find_unsent` finds; raises `TransitionRefused` and `NothingToSend` where no parcel may leave."""
    if OrderStatus.FULFILLED not in order.next_statuses:
        raise TransitionRefused(order, OrderStatus.FULFILLED)
    left = find_unsent(order)
    if order.is_refunded or not (left or order.shipments.exists()):
        raise NothingToSend(order)
    return left


def choose_packed(left: Mapping[int, int], quantities: Mapping[int, int] | None) -> dict[int, int]:
    """What is in the parcel. Nothing only where nothing is left: the rest was paid back after the last one."""
    packed = {pk: count for pk, count in (left if quantities is None else quantities).items() if count}
    if (left and not packed) or any(count > left.get(pk, 0) for pk, count in packed.items()):
        raise MoreThanLeft
    return packed


def find_unsent(order: Order) -> dict[int, int]:
    """Quantities, by order item's id, that are still to be sent: neither in a parcel nor paid back."""
    sent = sum_quantities(ShipmentLine.objects.filter(item__order=order))
    rest = find_rest(order)
    return {pk: count - sent.get(pk, 0) for pk, count in rest.items() if count > sent.get(pk, 0)}


def send_parcel(
    *, order: Order, packed: Mapping[int, int], tracking: Tracking, at: datetime, by_id: int | None
) -> None:
    """Write the parcel and the mail about it. Inner service; the order is locked."""
    parcel = Shipment.objects.create(order=order, by_id=by_id, sent_at=at, **asdict(tracking))
    ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=parcel, item_id=pk, quantity=count) for pk, count in packed.items()
    )
    queue_order_sent(order=order, parcel=parcel)


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
