"""Cash on delivery that nobody sends: staff are reminded, and in the end its stock goes back on the shelf.

Such an order costs its buyer nothing to place, so without an end it would hold its stock for as long as staff
overlook it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from checkout.enums import OrderStatus
from checkout.models import Order
from checkout.services.concerns import open_concern
from checkout.services.expiry import end_order
from database.sweeps import sweep
from database.transactions import entry_service


def follow_unsent_cash_orders(*, now: datetime) -> int:
    """Remind staff after `ORDER_CASH_DAYS`, and cancel the orders that wait twice as long. Returns how many."""
    patience = timedelta(days=settings.ORDER_CASH_DAYS)
    waiting = Order.objects.unsent_cash(now - patience).values_list("pk", flat=True)
    sweep(lambda order_id: remind_of_unsent(order_id=order_id), waiting)
    overdue = Order.objects.unsent_cash(now - 2 * patience).values_list("pk", flat=True)
    return sweep(lambda order_id: end_unsent(order_id=order_id, now=now), overdue)


@entry_service
def remind_of_unsent(*, order_id: int) -> None:
    """Once for each order."""
    days = settings.ORDER_CASH_DAYS
    open_concern(
        subject=f"cash-unsent:{order_id}",
        text=_(
            "Order #%(number)s, cash on delivery, waits for %(days)s days to be sent and holds its stock. Send it "
            "or cancel it; in another %(days)s days it is cancelled by itself."
        )
        % {"number": order_id, "days": days},
        order_id=order_id,
    )


@entry_service
def end_unsent(*, order_id: int, now: datetime) -> bool:
    """Cancel it: its stock goes back and its buyer is told. False where it was sent or ended meanwhile."""
    patience = timedelta(days=2 * settings.ORDER_CASH_DAYS)
    order = Order.objects.select_for_update().unsent_cash(now - patience).filter(pk=order_id).first()
    if order is None or order.is_paid:
        return False
    end_order(order=order, to_status=OrderStatus.CANCELLED, why="Not sent in time", at=now)
    return True
