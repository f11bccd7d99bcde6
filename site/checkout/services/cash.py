"""Cash on delivery: sent unpaid, settled when staff record the cash, or taken back where nobody took it in."""

import uuid
from datetime import datetime

from django.utils import timezone

from checkout.enums import OrderEvent, OrderStatus, PaymentEffect, PaymentStatus
from checkout.models import Order, Payment
from checkout.services.announcements import announce_order
from checkout.services.expiry import end_order
from checkout.services.mails import queue_order_confirmation
from checkout.services.payments import pay_order
from checkout.services.transitions import TransitionRefused, move_order
from database.transactions import entry_service

CASH = "cash"


class NotCash(Exception):
    """The order is not to be paid in cash."""

    def __init__(self, order: Order) -> None:
        super().__init__(f"Order #{order.number} is not paid in cash on delivery.")


@entry_service
def record_cash(*, order_id: int, user) -> Payment:
    """Write down that staff hold the cash for an order, once: who, when and its whole total.

    An order that is on its way is completed by it. Raises `NotCash`, and `TransitionRefused` where it is
    paid already or has ended.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    if not order.is_cash:
        raise NotCash(order)
    return record_manual_payment(order=order, user=user, method=CASH)


@entry_service
def take_back_order(*, order_id: int, user, why: str = "Not taken in; it came back") -> Order:
    """Cancel a cash order whose parcel came back unpaid: its stock is on the shelf, its invoice credited.

    Raises `TransitionRefused`.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.status != OrderStatus.FULFILLED:
        raise TransitionRefused(order, OrderStatus.CANCELLED)
    end_order(order=order, to_status=OrderStatus.CANCELLED, why=why, at=timezone.now(), by_id=user.pk)
    return order


def record_manual_payment(*, order: Order, user, method: str = "") -> Payment:
    """A captured payment that no gateway saw. Inner service; the order is locked. Raises `TransitionRefused`."""
    if order.is_paid or order.is_ended:
        raise TransitionRefused(order, OrderStatus.PAID)
    now = timezone.now()
    # Conditional on being unpaid: SQLite has no row locks, and a lock must not be the only guard.
    if not Order.objects.filter(pk=order.pk, paid_at=None).update(paid_at=now):
        raise TransitionRefused(order, OrderStatus.PAID)
    payment = Payment.objects.create(
        order=order,
        provider="manual",
        provider_id=f"manual-{uuid.uuid4()}",
        status=PaymentStatus.CAPTURED,
        effect=PaymentEffect.APPLIED,
        amount=order.total,
        currency=order.currency,
        method=method,
        by=user,
        captured_at=now,
    )
    settle_order(order=order, at=now, by_id=user.pk)
    return payment


def settle_order(*, order: Order, at: datetime, by_id: int | None) -> None:
    """What the recorded money does: an order that waits is paid, one that is on its way is completed."""
    if order.status == OrderStatus.PLACED:
        pay_order(order=order, why="Payment recorded by staff", by_id=by_id)
        return
    if order.status == OrderStatus.FULFILLED:
        move_order(
            order=order, to_status=OrderStatus.COMPLETED, why="Cash recorded by staff", at=at, by_id=by_id
        )
    order.paid_at = at
    queue_order_confirmation(order=order)
    announce_order(order, OrderEvent.PAID)
