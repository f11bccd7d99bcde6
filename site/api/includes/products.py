"""What products say on request. Each name costs a fixed number of queries, however many products."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.utils import timezone
from rest_framework.request import Request

from api.includes.asking import Loader
from api.serializers.moments import shape_moment
from pages.cards import find_ratings
from pages.models import ProductPage
from shop.models import Collection, Like, Product, Tag
from shop.selectors import PriceList

NO_RATING = (None, 0)


def find_ids(products: Sequence[Product]) -> list[int]:
    return [product.pk for product in products]


def find_lead_ids(products: Sequence[Product]) -> set[int]:
    return {product.lead_id for product in products}


def load_skus(products: Sequence[Product], request: Request) -> dict[int, str]:
    return {product.pk: product.sku for product in products}


def load_pages(products: Sequence[Product], request: Request) -> dict[int, dict[str, Any] | None]:
    """The page that is read about each product; a size or colour is read about on its lead's."""
    pages = ProductPage.objects.live().filter(product_id__in=find_lead_ids(products)).defer("body")
    shapes = {page.product_id: shape_page(page, request) for page in pages}
    return {product.pk: shapes.get(product.lead_id) for product in products}


def shape_page(page: ProductPage, request: Request) -> dict[str, Any]:
    published = page.last_published_at
    return {
        "id": page.pk,
        "url": request.build_absolute_uri(page.get_url(request) or "/"),
        "seo_title": page.seo_title,
        "search_description": page.search_description,
        "last_published_at": shape_moment(published) if published else None,
    }


def load_variants(products: Sequence[Product], request: Request) -> dict[int, list[dict[str, Any]]]:
    """The sizes and colours that are for sale beside each product, itself not among them."""
    variants = Product.objects.live().filter(variant_of__in=find_lead_ids(products)).order_by("pk")
    prices = PriceList(at=timezone.now())
    found = defaultdict(list)
    for variant in variants.select_related("tax_class").prefetch_related("options"):
        found[variant.variant_of_id].append(shape_variant(variant, prices=prices))
    return {
        product.pk: [shape for shape in found[product.lead_id] if shape["id"] != product.pk]
        for product in products
    }


def shape_variant(variant: Product, *, prices: PriceList) -> dict[str, Any]:
    return {
        "id": variant.pk,
        "sku": variant.sku,
        "title": variant.title,
        "options": {option.name: option.value for option in variant.options.all()},
        "inventory": variant.inventory,
        "unit_price": variant.unit_price,
        "price_with_tax": prices.find(variant).unit.gross,
    }


def load_tags(products: Sequence[Product], request: Request) -> dict[int, list[dict[str, str]]]:
    ids = find_ids(products)
    found = defaultdict(list)
    rows = Tag.objects.filter(products__in=ids).order_by("name", "pk")
    for product_id, name, slug in rows.values_list("products__pk", "name", "slug"):
        found[product_id].append({"name": name, "slug": slug})
    return {pk: found[pk] for pk in ids}


def load_ratings(products: Sequence[Product], request: Request) -> dict[int, dict[str, Any]]:
    """The mean of the approved reviews in stars, to one place, and how many there are."""
    ratings = find_ratings(find_lead_ids(products))
    return {product.pk: shape_rating(*ratings.get(product.lead_id, NO_RATING)) for product in products}


def shape_rating(average, count: int) -> dict[str, Any]:
    return {"average": average, "count": count}


def load_likes(products: Sequence[Product], request: Request) -> dict[int, int]:
    ids = find_ids(products)
    counts = Like.objects.filter(product_id__in=ids).order_by().values_list("product_id")
    found = dict(counts.annotate(count=Count("pk")))
    return {pk: found.get(pk, 0) for pk in ids}


def load_collections(products: Sequence[Product], request: Request) -> dict[int, dict[str, Any]]:
    ids = {product.collection_id for product in products}
    rows = Collection.objects.with_products_count().filter(pk__in=ids).values("id", "title", "products_count")
    found = {row["id"]: row for row in rows}
    return {product.pk: found[product.collection_id] for product in products}


PRODUCT_INCLUDES: dict[str, Loader] = {
    "sku": load_skus,
    "page": load_pages,
    "variants": load_variants,
    "tags": load_tags,
    "rating": load_ratings,
    "likes": load_likes,
    "collection_detail": load_collections,
}
