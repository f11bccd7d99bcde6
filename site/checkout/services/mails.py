"""The mails of an order, written in the transaction that causes them. Inner services.

Their words are in `checkout.mail_kinds`, or an editor's; here is what stands between them.
"""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from checkout.enums import OrderStatus, ReturnStatus
from checkout.mail_content import (
    Content,
    describe_order,
    describe_parcel,
    describe_refund,
    explain_taken_back,
    name_credit_note,
)
from checkout.models import CreditNote, Order, OrderItem, ReturnRequest, Shipment
from checkout.services.concerns import tell_staff
from checkout.services.documents import attach
from notifications.models import MarketingSettings
from notifications.services.outbox import drop_email, queue_mail

# A shopper who pays at once needs one mail, not two: the reminder waits and is dropped on payment.
RECEIVED_DELAY = timedelta(minutes=5)
# And one who tries again at once needs none about the first try.
FAILED_DELAY = timedelta(minutes=5)


def received_purpose(order: Order) -> str:
    return f"order-received:{order.pk}"


def failed_purpose(order: Order) -> str:
    return f"payment-failed:{order.pk}"


def name_order(order: Order) -> str:
    """What its mails are about."""
    return f"order:{order.pk}"


def is_unpaid(about: str) -> bool:
    """Whether a mail that asks to pay still makes sense as it leaves."""
    return Order.objects.unpaid().filter(pk=int(about.partition(":")[2])).exists()


def queue_placing_mail(*, order: Order, lines: Sequence[OrderItem], at_once: bool = False) -> None:
    """What a buyer hears of an order that was placed: to pay online it wants a step more, in cash it is done."""
    if order.is_cash:
        content = describe_order(order, lines=lines, shows_address=True)
        queue_order_mail("order_cash", order=order, purpose=f"order-cash:{order.pk}", content=content)
        tell_staff_of_order(order=order)
    else:
        queue_order_received(order=order, lines=lines, at_once=at_once)


def queue_order_received(*, order: Order, lines: Sequence[OrderItem], at_once: bool = False) -> None:
    """What we keep until when, and where to pay: `at_once` where the buyer has no page before them."""
    queue_order_mail(
        "order_received",
        order=order,
        purpose=received_purpose(order),
        content=describe_order(order, lines=lines, asks_to_pay=True),
        send_after=None if at_once else order.placed_at + RECEIVED_DELAY,
    )


def queue_payment_failed(*, order: Order) -> None:
    """A try to pay failed, and the order still waits: once for each order, and only if no other try succeeds."""
    if order.status != OrderStatus.PLACED or order.is_cash:
        return
    drop_email(purpose=received_purpose(order))
    content = describe_order(order, asks_to_pay=True)
    queue_order_mail(
        "payment_failed",
        order=order,
        purpose=failed_purpose(order),
        content=content,
        send_after=content.now + FAILED_DELAY,
    )


def queue_order_confirmation(*, order: Order) -> None:
    """The order is paid. What asked to pay, where it still waits, is taken back."""
    drop_requests_to_pay(order)
    invoice = getattr(order, "invoice", None)
    facts = [_("Next we pack your items.")] if order.status == OrderStatus.PAID else []
    if invoice:
        facts.append(_("Invoice %(number)s is attached.") % {"number": invoice.number})
    queue_order_mail(
        "order_free" if order.is_free else "order_confirmation",
        order=order,
        purpose=f"order-confirmation:{order.pk}",
        content=describe_order(order, facts=facts, shows_address=True),
        attachments=[attach(invoice)] if invoice else [],
    )
    if not order.is_cash:
        tell_staff_of_order(order=order)


def drop_requests_to_pay(order: Order) -> None:
    for purpose in (received_purpose(order), failed_purpose(order)):
        drop_email(purpose=purpose)


def tell_staff_of_order(*, order: Order) -> None:
    """A new order stands: paid, or to be paid in cash."""
    if not MarketingSettings.load().tells_staff_of_orders:
        return
    items = order.items.all()
    tell_staff(
        kind="staff_new_order",
        purpose=f"new-order:{order.pk}",
        values=describe_order(order, lines=items).values,
        lines=[f"{item.quantity} × {item.title}" for item in items],
        path=f"/admin/checkout/order/inspect/{order.pk}/",
        about=name_order(order),
    )


def queue_order_refunded(
    *, order: Order, amount: Decimal, reason: str, key: str, kind: str = "order_refunded"
) -> None:
    """Money goes back, and why. `key` names the refund."""
    content = describe_refund(order, amount=amount, reason=reason)
    queue_order_mail(kind, order=order, purpose=f"order-refunded:{key}", content=content)


def queue_credit_note(*, order: Order, note: CreditNote) -> None:
    """The money has left; the credit note says what it was for."""
    content = describe_refund(order, amount=note.total, facts=[name_credit_note(note)], shows_lines=False)
    queue_order_mail(
        "credit_note",
        order=order,
        purpose=f"credit-note:{note.pk}",
        content=content,
        attachments=[attach(note)],
    )


def queue_order_ended(*, order: Order, note: CreditNote | None, came_back: bool) -> None:
    """An order that took no money has ended; `note` takes back its invoice, where it had one."""
    drop_requests_to_pay(order)
    queue_order_mail(
        name_end(order, came_back=came_back),
        order=order,
        purpose=f"order-ended:{order.pk}",
        content=describe_order(
            order, facts=[explain_taken_back(note)] if note else [], shows_lines=not came_back
        ),
        attachments=[attach(note)] if note else [],
    )


def name_end(order: Order, *, came_back: bool) -> str:
    """The kind of mail that tells of it."""
    if came_back:
        return "order_came_back"
    if order.status == OrderStatus.EXPIRED:
        return "order_expired"
    return "order_cancelled"


def queue_refund_failed(*, order: Order, amount: Decimal, key: str) -> None:
    """The bank did not take the money back; our staff see to it. `key` names the refund."""
    content = describe_refund(order, amount=amount, shows_lines=False)
    queue_order_mail("refund_failed", order=order, purpose=f"refund-failed:{key}", content=content)


def queue_order_sent(*, order: Order, parcel: Shipment) -> None:
    """A parcel has left: what is in it, and how to follow it."""
    packed = [f"{line.quantity} × {line.item.title}" for line in parcel.lines.select_related("item")]
    content = describe_parcel(order, parcel=parcel, packed=packed)
    queue_order_mail("order_sent", order=order, purpose=f"order-sent:{parcel.pk}", content=content)


def queue_return_news(*, request: ReturnRequest) -> None:
    """What became of the customer's wish to send things back; one mail for each status."""
    facts = [request.answer] if request.answer else []
    if request.status == ReturnStatus.RECEIVED:
        facts.append(_("Your whole payment had gone back before, so no more money follows."))
    returned = [f"{line.quantity} × {line.item.title}" for line in request.lines.select_related("item")]
    queue_order_mail(
        f"return_{request.status}",
        order=request.order,
        purpose=f"return-{request.status}:{request.pk}",
        content=describe_order(request.order, things=returned, facts=facts, shows_lines=False),
    )


def queue_order_mail(
    kind: str, *, order: Order, purpose: str, content: Content, send_after=None, attachments=()
) -> None:
    queue_mail(
        kind=kind,
        purpose=purpose,
        to=order.email,
        values=content.values,
        context=content.context,
        about=name_order(order),
        send_after=send_after,
        attachments=attachments,
    )
