"""Refunds: the row first, with its key, in a transaction that never lets more go back than was captured."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from checkout.enums import RefundStatus
from checkout.models import Order, Payment, Refund, RefundLine
from checkout.services.announcements import announce_refund
from checkout.services.credit_notes import credit_if_due
from checkout.services.mails import queue_order_refunded
from checkout.services.shares import Share, cap_shares, find_rest, share_lines
from database.transactions import entry_service, send_after_commit
from shop.services.stock import return_stock

SEND_TASK = "checkout.payments.send_refund"
ZERO = Decimal(0)


class RefundExceedsCaptured(Exception):
    """More would go back than was captured."""

    def __init__(self) -> None:
        super().__init__("The refund is more than what was captured.")


class RefundRefused(Exception):
    """The wish contradicts itself or the order: lines of another order, more of a line than is left."""


@dataclass(frozen=True)
class RefundWish:
    """What goes back: all that is left, `amount` rupees, or `lines` (quantities by order item's id).

    With `restock` the goods go back on the shelf. The money is that of the payment that paid the order,
    or of `payment_id`, where staff hold another one.
    """

    amount: Decimal | None = None
    lines: Mapping[int, int] | None = None
    restock: bool = False
    payment_id: int | None = None


@entry_service
def refund_order(
    *,
    order_id: int,
    reason: str,
    by_id: int | None = None,
    idempotency_key: str | None = None,
    **wish,
) -> Refund:
    """Send money of an order back; `wish` are the fields of `RefundWish`.

    Raises `RefundExceedsCaptured` and `RefundRefused`. The same `idempotency_key` gets the same refund.
    """
    # The order's lock makes its refunds queue up: each sees what the ones before it took.
    order = Order.objects.select_for_update().get(pk=order_id)
    made = Refund.objects.filter(idempotency_key=idempotency_key).first() if idempotency_key else None
    return made or make_refund(
        order=order, wish=RefundWish(**wish), reason=reason, by_id=by_id, idempotency_key=idempotency_key
    )


def make_refund(
    *, order: Order, wish: RefundWish, reason: str, by_id: int | None, idempotency_key: str | None = None
) -> Refund:
    """Inner service; the caller holds the order's lock. Raises `RefundExceedsCaptured`, `RefundRefused`."""
    payment = find_payment(order=order, payment_id=wish.payment_id)
    shares = choose_shares(order=order, payment=payment, wish=wish)
    refund = request_refund(
        payment=payment,
        amount=choose_amount(order=order, payment=payment, wish=wish, shares=shares),
        reason=reason,
        by_id=by_id,
        idempotency_key=idempotency_key,
    )
    write_lines(refund=refund, shares=shares)
    if wish.restock:
        put_back(order=order, shares=shares, by_id=by_id)
    note_arrival(refund=refund, order=order)
    return refund


def refund_returned(
    *, order: Order, lines: Mapping[int, int], restock: bool, reason: str, by_id: int | None
) -> Refund | None:
    """Pay goods back that are here, by line, with at most what is left. None where that is nothing.

    `lines` are quantities by order item's id. Inner service; the caller holds the order's lock.
    """
    payment, rest = find_payment(order=order, payment_id=None), find_rest(order)
    came = share_lines(order=order, quantities=lines)
    unpaid = {item_id: min(count, rest.get(item_id, 0)) for item_id, count in lines.items()}
    shares, left = share_lines(order=order, quantities=unpaid), count_refundable(payment)
    is_all = bool(shares) and is_last(order=order, shares=shares)
    amount = left if is_all else min(left, sum((share.amount for share in shares), ZERO))
    refund = None
    if amount > ZERO:
        refund = request_refund(payment=payment, amount=amount, reason=reason, by_id=by_id)
        write_lines(refund=refund, shares=cap_shares(shares, most=amount))
    if restock:
        put_back(order=order, shares=came, by_id=by_id)
    if refund is not None:
        note_arrival(refund=refund, order=order)
    return refund


def note_arrival(*, refund: Refund, order: Order) -> None:
    """Its credit note, and word to clients, where the money has arrived: by hand it has at once. Inner service."""
    credit_if_due(refund_id=refund.pk, order=order)
    announce_refund(refund=refund, order=order)


def find_payment(*, order: Order, payment_id: int | None) -> Payment:
    """The payment to refund; one of an order that took nothing would be more than was captured."""
    payments = order.payments.captured()
    payments = payments.applied() if payment_id is None else payments.filter(pk=payment_id)
    payment = payments.first()
    if payment is None:
        raise RefundExceedsCaptured
    payment.order = order
    return payment


def choose_shares(*, order: Order, payment: Payment, wish: RefundWish) -> list[Share]:
    """What goes back of which line: of the lines named, of all where everything goes back, else of none."""
    paid_for_lines = payment in order.payments.applied()
    if wish.amount is not None and (wish.lines or wish.restock):
        raise RefundRefused(
            "Name an amount or lines, not both: what goes back on the shelf is told by lines."
        )
    if not paid_for_lines and (wish.lines or wish.restock):
        raise RefundRefused("This payment did not pay for the order's lines: refund it by amount.")
    if wish.amount is not None or not paid_for_lines:
        return []
    rest = find_rest(order)
    if any(quantity > rest.get(item_id, 0) for item_id, quantity in (wish.lines or {}).items()):
        raise RefundRefused("The order has not so many left of a line that you named.")
    return share_lines(order=order, quantities=wish.lines or rest)


def choose_amount(*, order: Order, payment: Payment, wish: RefundWish, shares: list[Share]) -> Decimal:
    """Rupees that go back. The last of the lines take shipping, and all that is left, with them."""
    left, amount = count_refundable(payment), wish.amount
    if amount is None and (not wish.lines or is_last(order=order, shares=shares)):
        amount = left
    elif amount is None:
        amount = sum((share.amount for share in shares), ZERO)
        if not amount:
            raise RefundRefused("Nothing was paid for these lines, so no money can go back for them.")
    if not ZERO < amount <= left:
        raise RefundExceedsCaptured
    return amount


def is_last(*, order: Order, shares: list[Share]) -> bool:
    """Whether nothing of the order is left with the customer after these."""
    taken = {share.item_id: share.quantity for share in shares}
    return all(taken.get(item_id, 0) == quantity for item_id, quantity in find_rest(order).items())


def count_refundable(payment: Payment) -> Decimal:
    """Rupees of a captured payment that are neither back, nor on their way, nor lost to a dispute."""
    going = payment.refunds.standing().aggregate(total=Sum("amount"))["total"] or ZERO
    lost = payment.disputes.aggregate(total=Sum("amount_deducted"))["total"] or ZERO
    return payment.amount - going - lost


def request_refund(
    *,
    payment: Payment,
    amount: Decimal,
    reason: str,
    by_id: int | None = None,
    idempotency_key: str | None = None,
    mail: str = "order_refunded",
) -> Refund:
    """Write a refund of `amount` rupees and have it sent after commit. Inner service.

    `mail` is the kind of mail that says so.

    The caller holds the order's lock. Money that staff took by hand, they give back by hand: such a
    refund is done when it is written. Raises `RefundExceedsCaptured`.
    """
    if amount > count_refundable(payment):
        raise RefundExceedsCaptured
    refund = Refund.objects.create(
        payment=payment,
        # Deterministic: the same refund, asked for again after a crash, has the same key.
        key=f"refund-{payment.provider_id}-{payment.refunds.count() + 1}",
        amount=amount,
        status=RefundStatus.PROCESSED if payment.is_by_hand else RefundStatus.PENDING,
        reason=reason[:255],
        by_id=by_id,
        idempotency_key=idempotency_key,
    )
    queue_order_refunded(order=payment.order, amount=amount, reason=refund.reason, key=refund.key, kind=mail)
    if not payment.is_by_hand:
        send_after_commit(SEND_TASK, refund.pk)
    return refund


def write_lines(*, refund: Refund, shares: list[Share]) -> None:
    RefundLine.objects.bulk_create(
        RefundLine(refund=refund, item_id=share.item_id, quantity=share.quantity, amount=share.amount)
        for share in shares
    )


def put_back(*, order: Order, shares: list[Share], by_id: int | None) -> None:
    """Put what came back on the shelf; what an earlier refund put there already stays counted once."""
    return_stock(
        quantities={share.product_id: share.quantity for share in shares},
        bought={item.product_id: item.quantity for item in order.items.all()},
        order_id=order.pk,
        user_id=by_id,
    )
