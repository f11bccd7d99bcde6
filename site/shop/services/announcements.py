"""What clients are told about products, in the transaction that changes them. Inner services.

Of a product that was never on sale nobody hears. What an order takes off the shelf is no change of the product.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import F, QuerySet

from database.transactions import run_before_commit
from notifications.selectors import is_listened_to
from notifications.services.announcements import announce
from shop.enums import ProductEvent
from shop.models import Product


def describe_product(product: Product) -> dict[str, Any]:
    """The API's names; `unit_price` in rupees, as typed."""
    return {
        "id": product.pk,
        "sku": product.sku,
        "title": product.full_title,
        "slug": product.slug,
        "unit_price": product.unit_price,
        "inventory": product.inventory,
        "collection": product.collection_id,
        "variant_of": product.variant_of_id,
        "is_live": product.is_live,
    }


@dataclass(frozen=True)
class ProductChange:
    """Announced as the product stands at the end, once, however many steps changed it."""

    product_id: int
    was_live: bool = field(default=False, compare=False)

    def __call__(self) -> None:
        product = Product.objects.filter(pk=self.product_id).first()
        if product is not None and (product.is_live or self.was_live):
            announce(kind=ProductEvent.CHANGED, describe=partial(describe_product, product))


def announce_change(*, product_id: int, was_live: bool = False) -> None:
    """Say that a product changed that is on sale, or was until now."""
    if is_listened_to(ProductEvent.CHANGED):
        run_before_commit(ProductChange(product_id=product_id, was_live=was_live))


@contextmanager
def announcing_changes(products: QuerySet[Product]) -> Iterator[None]:
    """Say that those of these changed that are on sale before the block."""
    is_heard = is_listened_to(ProductEvent.CHANGED)
    live_ids = list(products.filter(is_live=True).values_list("pk", flat=True)) if is_heard else []
    yield
    for product_id in live_ids:
        announce_change(product_id=product_id, was_live=True)


def announce_removal(products: QuerySet[Product]) -> None:
    """Say that those of these that are on sale are about to be deleted."""
    if not is_listened_to(ProductEvent.CHANGED):
        return
    for product in products.filter(is_live=True):
        gone = {**describe_product(product), "is_live": False}
        announce(kind=ProductEvent.CHANGED, describe=partial(dict, gone))


def announce_low_stock(taken: Mapping[int, int]) -> None:
    """Say which products run low since so many of each were taken: once for each time a stock falls that far.

    The caller has just taken them and thus holds their rows.
    """
    if not is_listened_to(ProductEvent.STOCK_LOW):
        return
    low = Product.objects.filter(pk__in=taken, inventory__lte=F("low_stock_threshold")).order_by("pk")
    for product in low:
        if product.inventory + taken[product.pk] > product.low_stock_threshold:
            announce(kind=ProductEvent.STOCK_LOW, describe=partial(describe_low_stock, product))


def describe_low_stock(product: Product) -> dict[str, Any]:
    return {**describe_product(product), "low_stock_threshold": product.low_stock_threshold}
