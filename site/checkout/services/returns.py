"""Things that customers send back: asked for, answered, received, and then refunded."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _

from checkout.enums import ALLOWED_RETURN_TRANSITIONS, PAID_STATUSES, OrderStatus, ReturnStatus
from checkout.models import Order, ReturnLine, ReturnRequest, ReturnTransition
from checkout.services.concerns import tell_staff
from checkout.services.mails import queue_return_news
from checkout.services.refunds import refund_returned
from checkout.services.shares import find_rest
from database.transactions import entry_service


class ReturnRefused(Exception):
    """Nothing of the kind can come back, or not any more; the sentence says why."""


def find_returnable(order: Order, *, now: datetime) -> dict[int, int]:
    """Quantities by order item's id that the customer may ask to send back; empty when it is too late.

    What cost nothing has no money to pay back: staff settle it with the customer.
    """
    if not order.is_paid or order.is_free or now > find_last_day(order):
        return {}
    waiting = ReturnLine.objects.filter(
        request__order=order, request__status__in=(ReturnStatus.REQUESTED, ReturnStatus.ACCEPTED)
    )
    asked = dict(waiting.order_by().values_list("item_id").annotate(count=Sum("quantity")))
    rest = {item_id: count - asked.get(item_id, 0) for item_id, count in find_rest(order).items()}
    for item in order.items.all():
        if not item.payable:
            rest.pop(item.pk, None)
    return {item_id: count for item_id, count in rest.items() if count > 0}


def find_last_day(order: Order) -> datetime:
    """Counted from when the goods went out; before that, from the payment."""
    sent = order.transitions.filter(to_status=OrderStatus.FULFILLED).first()
    since = sent.at if sent else order.paid_at or order.placed_at
    return since + timedelta(days=settings.ORDER_RETURN_DAYS)


@entry_service
def request_return(
    *, order_id: int, lines: Mapping[int, int], reason: str, now: datetime, by_id: int | None = None
) -> ReturnRequest:
    """Write down what a customer wants to send back. Raises `ReturnRefused`."""
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.status not in PAID_STATUSES or now > find_last_day(order):
        raise ReturnRefused("This order cannot be sent back any more. Please write to us.")
    if not lines:
        raise ReturnRefused("Choose what you want to send back.")
    most = find_returnable(order, now=now)
    if any(not 0 < count <= most.get(item_id, 0) for item_id, count in lines.items()):
        raise ReturnRefused("You can send back what you ordered and did not send back yet.")
    request = ReturnRequest.objects.create(order=order, reason=reason, created_at=now)
    ReturnLine.objects.bulk_create(
        ReturnLine(request=request, item_id=item_id, quantity=count) for item_id, count in lines.items()
    )
    record_step(request=request, from_status="", why=reason, at=now, by_id=by_id)
    queue_return_news(request=request)
    tell_staff(
        purpose=f"return-asked:{request.pk}",
        title=f"The buyer of order #{order.number} wants to send things back: {reason}",
        lines=[f"{line.quantity} × {line.item.title}" for line in request.lines.select_related("item")],
        path=f"/admin/checkout/returnrequest/inspect/{request.pk}/",
    )
    return request


@entry_service
def answer_return(
    *, return_id: int, to_status: ReturnStatus, answer: str, at: datetime, by_id: int
) -> ReturnRequest:
    """Accept or reject; the customer gets `answer`. Raises `ReturnRefused` where that is no longer possible."""
    request = lock_return(return_id)
    move_return(request=request, to_status=to_status, why=answer, at=at, by_id=by_id, answer=answer)
    queue_return_news(request=request)
    return request


@entry_service
def receive_return(*, return_id: int, restock: bool, at: datetime, by_id: int) -> ReturnRequest:
    """The goods are here: refund them by line, and put them back on the shelf where they can be sold again.

    Where less is left of the payment than they cost, that much goes back; where nothing is, `refund` stays
    empty. Raises `ReturnRefused` with nothing changed.
    """
    request = lock_return(return_id)
    check_step(request=request, to_status=ReturnStatus.RECEIVED)
    refund = refund_returned(
        order=request.order,
        lines=dict(request.lines.values_list("item_id", "quantity")),
        restock=restock,
        reason=f"Return {request}",
        by_id=by_id,
    )
    why = "" if refund else _("Nothing was left to refund.")
    move_return(request=request, to_status=ReturnStatus.RECEIVED, why=why, at=at, by_id=by_id, refund=refund)
    if refund is None:
        queue_return_news(request=request)  # with a refund, its own mail says that the goods are here
    return request


def lock_return(return_id: int) -> ReturnRequest:
    """The order's lock covers its returns. Raises `ReturnRequest.DoesNotExist`."""
    order_id = ReturnRequest.objects.values_list("order_id", flat=True).get(pk=return_id)
    order = Order.objects.select_for_update().get(pk=order_id)
    request = ReturnRequest.objects.get(pk=return_id)
    request.order = order
    return request


def move_return(
    *, request: ReturnRequest, to_status: ReturnStatus, why: str, at: datetime, by_id: int, **columns
) -> None:
    """Change the status along the table, with an audit row. Inner service; raises `ReturnRefused`."""
    before = request.status
    check_step(request=request, to_status=to_status)
    moved = ReturnRequest.objects.filter(pk=request.pk, status=before).update(status=to_status, **columns)
    if not moved:
        raise ReturnRefused("Somebody else answered this return meanwhile.")
    request.status = to_status
    for name, value in columns.items():
        setattr(request, name, value)
    record_step(request=request, from_status=before, why=why, at=at, by_id=by_id)


def check_step(*, request: ReturnRequest, to_status: ReturnStatus) -> None:
    if to_status not in ALLOWED_RETURN_TRANSITIONS[request.status]:
        raise ReturnRefused(f"A return that is {request.status} cannot become {to_status.value}.")


def record_step(
    *, request: ReturnRequest, from_status: str, why: str, at: datetime, by_id: int | None
) -> None:
    ReturnTransition.objects.create(
        request=request, from_status=from_status, to_status=request.status, why=why, at=at, by_id=by_id
    )
