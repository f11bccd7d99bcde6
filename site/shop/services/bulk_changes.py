"""Bulk changes of price or stock: prepared as lines that somebody looks at before anything is written.

Applying them knows pages, so it is in `pages.services.bulk_changes`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from database.transactions import entry_service
from shop.enums import BulkField, BulkState, LineOutcome
from shop.models import BulkChange, BulkLine, Product
from shop.pricing.adjustments import PriceAdjustment
from shop.services.prices import LOWEST_PRICE

LINES_AT_ONCE = 2000
HIGHEST_PRICE = Decimal("9999999999.99")
LARGEST_STOCK = 10_000_000


class NothingToChange(Exception):
    """None of the products would change."""

    def __init__(self) -> None:
        super().__init__("Nothing would change: all of these products are like that already.")


@dataclass(frozen=True)
class StockAdjustment:
    """So many pieces more (negative: fewer), or with `counted` one stock for all."""

    delta: int = 0
    counted: int | None = None

    def apply(self, inventory: int) -> int:
        return inventory + self.delta if self.counted is None else self.counted


@dataclass(frozen=True)
class Intent:
    """Who wants to change what, and why; `description` is the change in words."""

    field: BulkField
    description: str
    reason: str
    user_id: int | None
    is_delta: bool = False


def prepare_prices(*, products: QuerySet, adjustment: PriceAdjustment, intent: Intent) -> BulkChange:
    """Work out the new price of each product; several short transactions. Raises `NothingToChange`.

    A product without a price gets one only where all get the same; otherwise it is left out.
    """
    pairs = list(products.order_by("pk").values_list("pk", "unit_price"))
    lines = [(pk, price, adjustment.apply(price)) for pk, price in pairs if price or adjustment.kind == "set"]
    return prepare(intent=intent, lines=lines, asked=len(pairs))


def prepare_stock(*, products: QuerySet, adjustment: StockAdjustment, intent: Intent) -> BulkChange:
    """Work out the new stock of each product; several short transactions. Raises `NothingToChange`."""
    pairs = list(products.order_by("pk").values_list("pk", "inventory"))
    return prepare(
        intent=intent, lines=[(pk, seen, adjustment.apply(seen)) for pk, seen in pairs], asked=len(pairs)
    )


def prepare(
    *, intent: Intent, lines: Sequence[tuple[int, Decimal | int, Decimal | int]], asked: int
) -> BulkChange:
    changing = [line for line in lines if line[1] != line[2]]
    if not changing:
        raise NothingToChange
    change = begin(intent=intent, left_out=asked - len(changing))
    for first in range(0, len(changing), LINES_AT_ONCE):
        add_lines(change_id=change.pk, field=intent.field, lines=changing[first : first + LINES_AT_ONCE])
    finish_preparing(change_id=change.pk)
    return BulkChange.objects.get(pk=change.pk)


@entry_service
def begin(*, intent: Intent, left_out: int) -> BulkChange:
    return BulkChange.objects.create(
        field=intent.field,
        description=intent.description[:255],
        reason=intent.reason[:255],
        user_id=intent.user_id,
        is_delta=intent.is_delta,
        left_out=left_out,
    )


@entry_service
def add_lines(
    *, change_id: int, field: BulkField, lines: Iterable[tuple[int, Decimal | int, Decimal | int]]
) -> None:
    BulkLine.objects.bulk_create(
        [
            BulkLine(
                change_id=change_id,
                product_id=product_id,
                before=before,
                after=within_column(after),
                outcome=LineOutcome.WAITING if is_possible(field, after) else LineOutcome.REFUSED,
            )
            for product_id, before, after in lines
        ]
    )


def is_possible(field: BulkField, after: Decimal | int) -> bool:
    if field == BulkField.PRICE:
        return LOWEST_PRICE <= after <= HIGHEST_PRICE
    return 0 <= after <= LARGEST_STOCK


def within_column(after: Decimal | int) -> Decimal | int:
    """A figure that is refused is still shown, as far as its column holds it."""
    return min(max(after, -HIGHEST_PRICE), HIGHEST_PRICE)


@entry_service
def finish_preparing(*, change_id: int) -> None:
    BulkChange.objects.filter(pk=change_id, state=BulkState.PREPARING).update(state=BulkState.PREPARED)


def choose_products(*, ids: Iterable[int]) -> QuerySet:
    return Product.objects.filter(pk__in=list(ids), archived_at=None)
