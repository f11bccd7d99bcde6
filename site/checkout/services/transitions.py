"""The one way an order changes its status: along the table, with an audit row."""

from datetime import datetime

from checkout.enums import INVOICED_STATUSES, OrderStatus
from checkout.models import Order, OrderTransition
from checkout.services.invoices import issue_invoice


class TransitionRefused(Exception):
    """The table does not allow this change from the order's present status."""

    def __init__(self, order: Order, to_status: str) -> None:
        super().__init__(f"An order that is {order.status} cannot become {to_status}.")


def move_order(
    *, order: Order, to_status: OrderStatus, why: str, at: datetime, by_id: int | None = None, **columns
) -> None:
    """Change the status, and with it `columns`, and write the audit row. Inner service.

    Whichever way an order is paid, or sent before it is, here it gets its invoice.

    Raises `TransitionRefused`, also where another process moved the order first.
    """
    if to_status not in order.next_statuses:
        raise TransitionRefused(order, to_status)
    # Conditional on the status we saw: SQLite has no row locks, and a lock must not be the only guard.
    moved = Order.objects.filter(pk=order.pk, status=order.status).update(status=to_status, **columns)
    if not moved:
        order.refresh_from_db()
        raise TransitionRefused(order, to_status)
    record_transition(order=order, from_status=order.status, to_status=to_status, why=why, at=at, by_id=by_id)
    order.status = to_status
    for name, value in columns.items():
        setattr(order, name, value)
    if to_status in INVOICED_STATUSES:
        issue_invoice(order=order, at=at)


def record_transition(
    *, order: Order, from_status: str, to_status: str, why: str, at: datetime, by_id: int | None = None
) -> None:
    OrderTransition.objects.create(
        order=order, from_status=from_status, to_status=to_status, why=why[:255], at=at, by_id=by_id
    )
