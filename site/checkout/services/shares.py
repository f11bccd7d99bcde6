"""What a line of an order still is worth to its buyer: pure sums over what the order stored."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet, Sum

from checkout.enums import RefundStatus, ReturnStatus
from checkout.models import Order, OrderItem, RefundLine, ReturnLine
from shop.pricing.amounts import share_out

PAISA = Decimal("0.01")


@dataclass(frozen=True)
class Share:
    """So many of a line, and the rupees that were paid for them."""

    item_id: int
    product_id: int
    quantity: int
    amount: Decimal


def find_rest(order: Order) -> dict[int, int]:
    """Quantities, by order item's id, that are neither paid back nor came back. Nothing left is not named."""
    gone = count_refunded(order) + count_unpaid_returns(order)
    quantities = order.items.values_list("pk", "quantity")
    return {pk: quantity - gone.get(pk, 0) for pk, quantity in quantities if quantity > gone.get(pk, 0)}


def count_refunded(order: Order) -> Counter[int]:
    """Quantities by order item's id that refunds paid back or are paying back; failed ones did not."""
    lines = RefundLine.objects.filter(item__order=order).exclude(refund__status=RefundStatus.FAILED)
    return sum_quantities(lines)


def count_unpaid_returns(order: Order) -> Counter[int]:
    """Quantities by order item's id that came back when no money was left to go with them."""
    return sum_quantities(
        ReturnLine.objects.filter(
            request__order=order, request__status=ReturnStatus.RECEIVED, request__refund=None
        )
    )


def sum_quantities(lines: QuerySet) -> Counter[int]:
    return Counter(dict(lines.order_by().values_list("item_id").annotate(count=Sum("quantity"))))


def share_lines(*, order: Order, quantities: Mapping[int, int]) -> list[Share]:
    """The shares of `quantities` (by order item's id) after what earlier refunds paid back."""
    gone = count_refunded(order)
    return [
        Share(
            item_id=item.pk,
            product_id=item.product_id,
            quantity=quantities[item.pk],
            amount=price_units(item, first=gone.get(item.pk, 0), count=quantities[item.pk]),
        )
        for item in order.items.all()
        if quantities.get(item.pk)
    ]


def cap_shares(shares: Sequence[Share], *, most: Decimal) -> list[Share]:
    """The shares, each smaller where they are worth more than `most` rupees together."""
    amounts = [share.amount for share in shares]
    if sum(amounts) <= most:
        return list(shares)
    return [
        replace(share, amount=amount) for share, amount in zip(shares, share_out(most, amounts), strict=True)
    ]


def price_units(item: OrderItem, *, first: int, count: int) -> Decimal:
    """Rupees paid for `count` units after the `first` ones. The units together are the line to the paisa."""
    return price_first(item, first + count) - price_first(item, first)


def price_first(item: OrderItem, count: int) -> Decimal:
    paid = item.payable * count / item.quantity
    return paid.quantize(PAISA, rounding=ROUND_HALF_UP)
