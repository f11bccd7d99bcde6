"""Which products a grid on a page shows."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet, TextChoices
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from pages.best_sellers import find_best_sellers
from pages.price_filter import filter_by_price
from shop.models import Product
from shop.pricing import SaleRule

BEST_SELLING_FOR = timedelta(days=90)


class GridRule(TextChoices):
    NEWEST = "newest", _("The newest")
    COLLECTION = "collection", _("Of a collection")
    TAG = "tag", _("With a tag")
    UNDER_PRICE = "under_price", _("Under a price")
    ON_SALE = "on_sale", _("On sale")
    BEST_SELLING = "best_selling", _("Best-selling")
    HAND_PICKED = "hand_picked", _("Picked by hand")


class GridOrder(TextChoices):
    """`RULE` is the order that comes with each rule: the newest first, the best-selling first …"""

    RULE = "", _("As it comes")
    NEWEST = "newest", _("Newest first")
    TITLE = "title", _("Name")
    CHEAPEST = "price", _("Price, low to high")
    DEAREST = "-price", _("Price, high to low")


ORDERS = {
    GridOrder.NEWEST: ("-pk",),
    GridOrder.TITLE: ("title", "pk"),
    GridOrder.CHEAPEST: ("sale_price", "pk"),
    GridOrder.DEAREST: ("-sale_price", "pk"),
}


def choose_products(value: Mapping, *, sales: Sequence[SaleRule], at: datetime) -> list[Product]:
    """The products of a grid block's value; what is not live never shows. `sales` are those that are on.

    A rule gives `limit` at most. What was picked by hand shows whole.
    """
    chosen = Product.objects.live().leads()
    if value["rule"] == GridRule.HAND_PICKED:
        return sort_picked(
            chosen, [page.product_id for page in value["products"] if page], value, sales=sales
        )
    if value["rule"] == GridRule.BEST_SELLING:
        ids = find_best_sellers(since=at - BEST_SELLING_FOR)
        found = set(chosen.filter(pk__in=ids).values_list("pk", flat=True))
        best = [pk for pk in ids if pk in found][: value["limit"]]
        return sort_picked(chosen, best, value, sales=sales)
    products = sort(apply_rule(chosen, value, sales=sales), value, sales=sales)
    return list(products[: value["limit"]])


def sort(products: QuerySet, value: Mapping, *, sales: Sequence[SaleRule]) -> QuerySet:
    """By the order that the editor chose, else as the rule left them."""
    order = ORDERS.get(value.get("order") or GridOrder.RULE)
    return products.with_sale_price(sales).order_by(*order) if order else products


def sort_picked(
    products: QuerySet, ids: list[int], value: Mapping, *, sales: Sequence[SaleRule]
) -> list[Product]:
    """In the order of the ids, unless the editor chose another."""
    if value.get("order"):
        return list(sort(products.filter(pk__in=ids), value, sales=sales))
    found = products.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def apply_rule(products: QuerySet, value: Mapping, *, sales: Sequence[SaleRule]) -> QuerySet:
    rule, collection = value["rule"], value.get("collection")
    tag = slugify(value.get("tag") or "")
    if rule == GridRule.COLLECTION:
        return products.filter(collection_id=collection.collection_id if collection else None).order_by("-pk")
    if rule == GridRule.TAG:
        return products.tagged(tag).order_by("-pk")
    if rule == GridRule.UNDER_PRICE:
        cheap = filter_by_price(products.in_stock(), sales=sales, highest=value.get("highest_price") or 0)
        return (cheap.tagged(tag) if tag else cheap).order_by("-sale_price", "pk")
    if rule == GridRule.ON_SALE:
        return products.on_sale(sales).order_by("-pk")
    return products.order_by("-pk")
