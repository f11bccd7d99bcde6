"""Stock: conditional updates and their ledger. A stock is never read, computed and written back.

Inner services: the caller's transaction holds them, so that a change and its cause commit together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Sum, Value
from django.db.models.functions import Coalesce

from shop.enums import StockReason
from shop.models import Product, StockMovement
from shop.services.announcements import announce_change, announce_low_stock


@dataclass(frozen=True)
class Shortage:
    """A product of which less is there than asked for."""

    product_id: int
    requested: int
    available: int


class OutOfStock(Exception):
    """Some products are short; nothing was held. `shortages` names each."""

    def __init__(self, shortages: list[Shortage]) -> None:
        super().__init__("Some products are not in stock in the quantity you asked for.")
        self.shortages = shortages


class Unavailable(Exception):
    """Some products are no longer sold; nothing was held."""

    def __init__(self, product_ids: list[int]) -> None:
        super().__init__("Some products in the cart are no longer for sale.")
        self.product_ids = product_ids


class StockChanged(Exception):
    """The stock is no longer what the editor saw; nothing was written. `current` is what it is now."""

    def __init__(self, current: int) -> None:
        super().__init__(f"The stock has changed meanwhile: it is {current} now.")
        self.current = current


def hold_stock(*, quantities: Mapping[int, int], order_id: int) -> None:
    """Take the quantities (by product id) off the shelf for an order.

    Raises `Unavailable` or `OutOfStock`; the caller's transaction must then be rolled back.
    """
    # In primary-key order, so that two orders of the same products wait for each other and never deadlock.
    for product_id in sorted(quantities):
        while not take_stock(product_id=product_id, wanted=quantities[product_id]):
            # The ones before it were taken by this very transaction: they are not short.
            refusal = explain_refusal({pk: quantities[pk] for pk in quantities if pk >= product_id})
            if refusal:
                raise refusal
            # Somebody gave stock back between the two statements: there is enough again.
    record_movements(
        quantities={product_id: -count for product_id, count in quantities.items()},
        reason=StockReason.HELD,
        order_id=order_id,
    )
    announce_low_stock(quantities)


def take_stock(*, product_id: int, wanted: int) -> bool:
    """Take so many of a product that is on sale, if there are as many."""
    # Hidden from MariaDB's optimizer: by an index of is_live it would lock rows in another order than publishing.
    products = Product.objects.alias(is_sold=Coalesce("is_live", Value(False)))
    found = products.filter(pk=product_id, is_sold=True, inventory__gte=wanted)
    return found.update(inventory=F("inventory") - wanted) == 1


def explain_refusal(quantities: Mapping[int, int]) -> OutOfStock | Unavailable | None:
    """Why `hold_stock` could not take all: every product that is gone or short, not only the first.

    None where nothing is in the way any more.
    """
    rows = Product.objects.filter(pk__in=quantities).values_list("pk", "is_live", "inventory")
    found = {pk: (is_live, inventory) for pk, is_live, inventory in rows}
    gone = [pk for pk in sorted(quantities) if pk not in found or not found[pk][0]]
    if gone:
        return Unavailable(gone)
    shortages = [
        Shortage(product_id=pk, requested=quantities[pk], available=found[pk][1])
        for pk in sorted(quantities)
        if found[pk][1] < quantities[pk]
    ]
    return OutOfStock(shortages) if shortages else None


def release_stock(*, quantities: Mapping[int, int], order_id: int) -> None:
    """Put an order's quantities (by product id) back on the shelf."""
    for product_id in sorted(quantities):
        Product.objects.filter(pk=product_id).update(inventory=F("inventory") + quantities[product_id])
    record_movements(quantities=quantities, reason=StockReason.RELEASED, order_id=order_id)


def return_stock(
    *, quantities: Mapping[int, int], bought: Mapping[int, int], order_id: int, user_id: int | None
) -> None:
    """Put what a customer sent back (by product id) on the shelf: never more of a product than was `bought`.

    The caller holds the order's lock.
    """
    returned = StockMovement.objects.filter(order_id=order_id, reason=StockReason.RETURNED)
    before = dict(returned.order_by().values_list("product_id").annotate(count=Sum("delta")))
    for product_id in sorted(quantities):
        count = min(quantities[product_id], bought[product_id] - before.get(product_id, 0))
        if count <= 0:
            continue
        Product.objects.filter(pk=product_id).update(inventory=F("inventory") + count)
        StockMovement.objects.create(
            product_id=product_id,
            delta=count,
            reason=StockReason.RETURNED,
            order_id=order_id,
            user_id=user_id,
        )


def record_movements(*, quantities: Mapping[int, int], reason: StockReason, order_id: int) -> None:
    StockMovement.objects.bulk_create(
        StockMovement(product_id=product_id, delta=delta, reason=reason, order_id=order_id)
        for product_id, delta in sorted(quantities.items())
    )


def adjust_stock(*, product_id: int, delta: int, user=None, note: str = "") -> None:
    """Add `delta` (negative takes away), on sale or not.

    Raises `OutOfStock` where fewer are there than to be taken, and `Product.DoesNotExist`.
    """
    if delta == 0:
        return
    changed = Product.objects.filter(pk=product_id, inventory__gte=-delta).update(
        inventory=F("inventory") + delta
    )
    if not changed:
        available = Product.objects.values_list("inventory", flat=True).get(pk=product_id)
        raise OutOfStock([Shortage(product_id=product_id, requested=-delta, available=available)])
    record_adjustment(product_id=product_id, delta=delta, user=user, note=note)


def correct_stock(*, product_id: int, seen: int, counted: int, user=None, note: str = "") -> None:
    """Set the stock from what the editor saw to what they counted.

    Raises `StockChanged` where it is no longer what they saw: somebody bought in between.
    """
    if not Product.objects.filter(pk=product_id, inventory=seen).update(inventory=counted):
        raise StockChanged(Product.objects.values_list("inventory", flat=True).get(pk=product_id))
    if counted != seen:
        record_adjustment(product_id=product_id, delta=counted - seen, user=user, note=note)


def record_adjustment(*, product_id: int, delta: int, user, note: str) -> None:
    StockMovement.objects.create(
        product_id=product_id, delta=delta, reason=StockReason.ADJUSTED, user=user, note=note
    )
    announce_change(product_id=product_id)
    announce_low_stock({product_id: -delta})
