"""What a list of products could be narrowed to: counts over all that match, not over one page."""

from typing import Any

from django.db.models import Count, Max, Min, QuerySet

from shop.models import Product, Tag

FACETS = "facets"


def count_facets(products: QuerySet[Product]) -> dict[str, Any]:
    """Collections and tags by how many of the products are in them, how many are in stock, lowest and highest price.

    Prices are unit prices, as `unit_price__gt` and `unit_price__lt` compare them. Four queries.
    """
    products = products.order_by()
    ids = products.values("pk")
    prices = products.aggregate(min=Min("unit_price"), max=Max("unit_price"))
    return {
        "collections": count_collections(products),
        "tags": count_tags(ids),
        "in_stock": products.in_stock().count(),
        "unit_price": prices,
    }


def count_collections(products: QuerySet[Product]) -> list[dict[str, Any]]:
    rows = products.values("collection_id", "collection__title").annotate(count=Count("pk", distinct=True))
    return [
        {"id": row["collection_id"], "title": row["collection__title"], "count": row["count"]}
        for row in rows.order_by("-count", "collection__title", "collection_id")
    ]


def count_tags(ids: QuerySet) -> list[dict[str, Any]]:
    counts = Tag.objects.filter(products__in=ids).annotate(count=Count("products", distinct=True))
    return list(counts.order_by("-count", "name", "pk").values("name", "slug", "count"))
