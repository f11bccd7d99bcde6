"""What a line of an order still is worth to its buyer: pure sums over what the order stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from checkout.enums import RefundStatus
from checkout.models import Order, OrderItem, RefundLine

PAISA = Decimal("0.01")


@dataclass(frozen=True)
class Share:
    """So many of a line, and the rupees that were paid for them."""

    item_id: int
    product_id: int
    quantity: int
    amount: Decimal


def find_rest(order: Order) -> dict[int, int]:
    """Quantities, by order item's id, that no standing refund has paid back. Nothing left is not named."""
    gone = count_refunded(order)
    quantities = order.items.values_list("pk", "quantity")
    return {pk: quantity - gone.get(pk, 0) for pk, quantity in quantities if quantity > gone.get(pk, 0)}


def count_refunded(order: Order) -> dict[int, int]:
    """Quantities by order item's id that refunds paid back or are paying back; failed ones did not."""
    lines = RefundLine.objects.filter(item__order=order).exclude(refund__status=RefundStatus.FAILED)
    return dict(lines.order_by().values_list("item_id").annotate(quantity=Sum("quantity")))


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


def price_units(item: OrderItem, *, first: int, count: int) -> Decimal:
    """Rupees paid for `count` units after the `first` ones. The units together are the line to the paisa."""
    return price_first(item, first + count) - price_first(item, first)


def price_first(item: OrderItem, count: int) -> Decimal:
    paid = item.payable * count / item.quantity
    return paid.quantize(PAISA, rounding=ROUND_HALF_UP)
