"""Which products a grid on a page shows."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet, TextChoices
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from pages.price_filter import filter_by_price
from shop.models import Product
from shop.pricing import SaleRule


class GridRule(TextChoices):
    NEWEST = "newest", _("The newest")
    COLLECTION = "collection", _("Of a collection")
    TAG = "tag", _("With a tag")
    UNDER_PRICE = "under_price", _("Under a price")
    ON_SALE = "on_sale", _("On sale")
    HAND_PICKED = "hand_picked", _("Picked by hand")


def choose_products(value: Mapping, *, sales: Sequence[SaleRule]) -> list[Product]:
    """The products of a grid block's value; what is not live never shows. `sales` are those that are on.

    A rule gives `limit` at most. What was picked by hand shows whole.
    """
    if value["rule"] == GridRule.HAND_PICKED:
        return pick_products([page.product_id for page in value["products"] if page])
    return list(apply_rule(Product.objects.live().leads(), value, sales=sales)[: value["limit"]])


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


def pick_products(ids: list[int]) -> list[Product]:
    """In the order the editor chose."""
    found = Product.objects.live().leads().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
