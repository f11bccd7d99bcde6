"""The mails of an order, written in the transaction that causes them. Inner services."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.template.loader import render_to_string

from checkout.models import CreditNote, Order, OrderItem, ReturnRequest, Shipment
from checkout.selectors.orders import order_path, show_order
from checkout.services.documents import attach
from notifications.services.outbox import drop_email, queue_email

# A shopper who pays at once needs one mail, not two: the reminder waits and is dropped on payment.
RECEIVED_DELAY = timedelta(minutes=5)


def received_purpose(order: Order) -> str:
    return f"order-received:{order.pk}"


def queue_placing_mail(*, order: Order, lines: Sequence[OrderItem], at_once: bool = False) -> None:
    """What a buyer hears of an order that was placed: to pay online it wants a step more, in cash it is done."""
    if order.is_cash:
        queue_order_mail("order_cash", order=order, lines=lines, purpose=f"order-cash:{order.pk}")
    else:
        queue_order_received(order=order, lines=lines, at_once=at_once)


def queue_order_received(*, order: Order, lines: Sequence[OrderItem], at_once: bool = False) -> None:
    """What we keep until when, and where to pay: `at_once` where the buyer has no page before them."""
    queue_order_mail(
        "order_received",
        order=order,
        lines=lines,
        purpose=received_purpose(order),
        send_after=None if at_once else order.placed_at + RECEIVED_DELAY,
    )


def queue_order_confirmation(*, order: Order) -> None:
    """The order is paid. The reminder to pay, where it still waits, is taken back."""
    drop_email(purpose=received_purpose(order))
    invoice = getattr(order, "invoice", None)
    queue_order_mail(
        "order_confirmation",
        order=order,
        lines=order.items.all(),
        purpose=f"order-confirmation:{order.pk}",
        invoice=invoice,
        attachments=[attach(invoice)] if invoice else [],
    )


def queue_order_refunded(*, order: Order, amount: Decimal, reason: str, key: str) -> None:
    """Money goes back, and why. `key` names the refund."""
    queue_order_mail(
        "order_refunded",
        order=order,
        lines=order.items.all(),
        purpose=f"order-refunded:{key}",
        amount=amount,
        reason=reason,
    )


def queue_credit_note(*, order: Order, note: CreditNote) -> None:
    """The money has left; the credit note says what it was for."""
    queue_order_mail(
        "credit_note",
        order=order,
        lines=order.items.all(),
        purpose=f"credit-note:{note.pk}",
        amount=note.total,
        note=note,
        attachments=[attach(note)],
    )


def queue_order_cancelled(*, order: Order, note: CreditNote | None, came_back: bool) -> None:
    """A confirmed order that took no money has ended; `note` takes back its invoice, where it had one."""
    queue_order_mail(
        "order_cancelled",
        order=order,
        lines=order.items.all(),
        purpose=f"order-cancelled:{order.pk}",
        note=note,
        came_back=came_back,
        attachments=[attach(note)] if note else [],
    )


def queue_refund_failed(*, order: Order, amount: Decimal, key: str) -> None:
    """The bank did not take the money back; our staff see to it. `key` names the refund."""
    queue_order_mail(
        "refund_failed", order=order, lines=order.items.all(), purpose=f"refund-failed:{key}", amount=amount
    )


def queue_order_sent(*, order: Order, parcel: Shipment) -> None:
    """A parcel has left: what is in it, and how to follow it."""
    queue_order_mail(
        "order_sent",
        order=order,
        lines=order.items.all(),
        purpose=f"order-sent:{parcel.pk}",
        parcel=parcel,
        packed=list(parcel.lines.select_related("item")),
    )


def queue_return_news(*, request: ReturnRequest) -> None:
    """What became of the customer's wish to send things back; one mail for each status."""
    queue_order_mail(
        "return_news",
        order=request.order,
        lines=request.order.items.all(),
        purpose=f"return-{request.status}:{request.pk}",
        request=request,
        returned=list(request.lines.select_related("item")),
    )


def queue_order_mail(
    template: str, *, order: Order, lines, purpose: str, send_after=None, attachments=(), **extra
) -> None:
    context = {
        "order": show_order(order, items=lines),
        "order_url": settings.BASE_URL + order_path(order),
        "base_url": settings.BASE_URL,
        **extra,
    }
    queue_email(
        purpose=purpose,
        to=order.email,
        subject=render_to_string(f"emails/{template}_subject.txt", context),
        text=render_to_string(f"emails/{template}.txt", context),
        html=render_to_string(f"emails/{template}.html", context),
        send_after=send_after,
        attachments=attachments,
    )
