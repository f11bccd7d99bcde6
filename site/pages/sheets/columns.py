"""The columns of a file of products, and how each product reads in them: the same for export and import."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import PurePosixPath

from django.db.models import Count, QuerySet, prefetch_related_objects

from pages.lead_pages import find_lead_pages
from shop.models import Collection, Product

BETWEEN = "; "
PRODUCTS_AT_ONCE = 500
# What a file may change; the page's state is told and never read.
CONTENT = ("title", "description", "collection")
COLUMNS = (
    "sku",
    "title",
    "description",
    "collection",
    "variant_of",
    "options",
    "price",
    "price_was",
    "stock",
    "stock_was",
    "stock_change",
    "low_stock_from",
    "weight_grams",
    "tax_class",
    "hsn_code",
    "tags",
    "pictures",
    "page",
)
Cells = dict[str, str | int | Decimal]


def export_rows(products: QuerySet) -> Iterator[tuple]:
    """A row for each product, some hundreds read at a time."""
    ids = list(products.values_list("pk", flat=True))
    names = name_collections()
    for first in range(0, len(ids), PRODUCTS_AT_ONCE):
        part = list(Product.objects.filter(pk__in=ids[first : first + PRODUCTS_AT_ONCE]).order_by("pk"))
        for cells in describe_products(part, names=names):
            yield tuple(cells[column] for column in COLUMNS)


def name_collections() -> dict[int, str]:
    """By id: the title, or the slug where several bear the same title."""
    shared = (
        Collection.objects.values("title").annotate(count=Count("pk")).filter(count__gt=1).values("title")
    )
    slugs = dict(Collection.objects.filter(title__in=shared).values_list("pk", "slug"))
    return dict(Collection.objects.values_list("pk", "title")) | slugs


def describe_products(products: Sequence[Product], *, names: dict[int, str]) -> Iterable[Cells]:
    """A fixed number of queries, however many there are."""
    prefetch_related_objects(products, "tax_class", "tags", "options", "variant_of", "images__picture")
    pages = find_lead_pages({product.lead_id for product in products})
    for product in products:
        page = pages.get(product.lead_id)
        yield describe_product(
            product, collection=names[product.collection_id], is_live=bool(page and page.live)
        )


def describe_product(product: Product, *, collection: str, is_live: bool) -> Cells:
    return {
        "sku": product.sku,
        "title": product.title,
        "description": product.description,
        "collection": collection,
        "variant_of": product.variant_of.sku if product.variant_of else "",
        "options": BETWEEN.join(f"{option.name}: {option.value}" for option in product.options.all()),
        "price": product.unit_price,
        "price_was": product.unit_price,
        "stock": product.inventory,
        "stock_was": product.inventory,
        "stock_change": "",
        "low_stock_from": product.low_stock_threshold,
        "weight_grams": product.weight_grams,
        "tax_class": product.tax_class.name if product.tax_class else "",
        "hsn_code": product.hsn_code,
        "tags": BETWEEN.join(sorted(tag.name for tag in product.tags.all())),
        "pictures": BETWEEN.join(name_picture(image.picture) for image in product.images.all()),
        "page": describe_state(product, is_live=is_live),
    }


def name_picture(picture) -> str:
    return PurePosixPath(picture.file.name).name


def describe_state(product: Product, *, is_live: bool) -> str:
    if product.archived_at:
        return "archived"
    return "live" if is_live else "not live"
