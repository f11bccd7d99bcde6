"""Unpaid orders end: by time, by the customer or by staff, and give their stock back, once."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from checkout.enums import INVOICED_STATUSES, IntentStatus, OrderEvent, OrderStatus
from checkout.gateways import razorpay
from checkout.models import Order
from checkout.services.announcements import announce_order
from checkout.services.coupons import release_coupon_use
from checkout.services.credit_notes import credit_unpaid_invoice
from checkout.services.mails import queue_order_ended
from checkout.services.reconciliation import collect_payments
from checkout.services.transitions import TransitionRefused, move_order
from database.sweeps import sweep
from database.transactions import entry_service
from shop.services.stock import release_stock

logger = logging.getLogger(__name__)

# Razorpay may be away; the shelf cannot stay empty for it for ever. Money that comes later is "paid late".
LONGEST_WAIT = timedelta(hours=1)


@dataclass
class Silence:
    """Razorpay, found away once in a sweep, is not waited for again in the same one."""

    is_known: bool = False


def expire_due_orders() -> int:
    """Expire every order whose hold has ended. Returns how many."""
    now, silence = timezone.now(), Silence()
    due = Order.objects.overdue(now).values_list("pk", flat=True)
    return sweep(lambda order_id: expire_due_order(order_id=order_id, now=now, silence=silence), due)


def expire_due_order(*, order_id: int, now: datetime, silence: Silence) -> bool:
    """Expire an order whose hold has ended, after asking Razorpay for money on the way.

    False where it is kept: it was paid or extended, or Razorpay does not answer and may still tell.
    """
    order = Order.objects.overdue(now).filter(pk=order_id).first()
    if order is None:
        return False
    if not ask_about(order, now=now, silence=silence) and now - order.expires_at < LONGEST_WAIT:
        logger.warning("Order %s is kept: Razorpay says nothing of its money", order.pk)
        return False
    return expire_order(order_id=order.pk, now=now)


def ask_about(order: Order, *, now: datetime, silence: Silence) -> bool:
    """Let what Razorpay knows of its payments take effect. False where it does not say."""
    intents = list(order.payment_intents.open().at_gateway())
    if silence.is_known:
        return not intents
    try:
        for intent in intents:
            note_try(order_id=order.pk, now=now)
            collect_payments(intent)
    except razorpay.GatewayUnavailable:
        silence.is_known = True
        return False
    except razorpay.GatewayError:  # it says nothing of the money
        return False
    return True


@entry_service
def note_try(*, order_id: int, now: datetime) -> None:
    """Before Razorpay is asked: whatever comes of it, the next sweep begins with other orders."""
    Order.objects.filter(pk=order_id).update(expiry_tried_at=now)


@entry_service
def expire_order(*, order_id: int, now: datetime) -> bool:
    """Expire one order and give its stock back. False where it was paid or extended meanwhile."""
    order = Order.objects.select_for_update().overdue(now).filter(pk=order_id).first()
    if order is None:
        return False
    end_order(order=order, to_status=OrderStatus.EXPIRED, why="Not paid in time", at=now)
    return True


@entry_service
def cancel_order(*, order_id: int, why: str, at: datetime, by_id: int | None = None) -> Order:
    """Cancel an order that took no money and give its stock back.

    Raises `TransitionRefused` once it is paid, sent or ended.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    if not order.can_be_cancelled:
        raise TransitionRefused(order, OrderStatus.CANCELLED)
    end_order(order=order, to_status=OrderStatus.CANCELLED, why=why, at=at, by_id=by_id)
    return order


def end_order(
    *, order: Order, to_status: OrderStatus, why: str, at: datetime, by_id: int | None = None
) -> None:
    """Inner service: status, audit row, coupon and stock in the caller's transaction. Refused once it took money.

    What was sent to be paid in cash, or came to nothing, has its invoice already: that is taken back whole.
    """
    if order.is_paid and not order.is_free:
        raise TransitionRefused(order, to_status)
    is_invoiced, came_back = order.status in INVOICED_STATUSES, order.status == OrderStatus.FULFILLED
    move_order(order=order, to_status=to_status, why=why, at=at, by_id=by_id)
    order.payment_intents.open().update(status=IntentStatus.CANCELLED)
    release_coupon_use(order=order, at=at)
    quantities = dict(order.items.values_list("product_id", "quantity"))
    release_stock(quantities=quantities, order_id=order.pk)
    announce_order(order, OrderEvent.CANCELLED)
    note = None
    if is_invoiced:
        # After the products: a document's series is the last lock taken, as everywhere.
        note = credit_unpaid_invoice(invoice=order.invoice, reason=why, at=at)
    queue_order_ended(order=order, note=note, came_back=came_back)
