"""What must hold between products, collections and their pages."""

from collections.abc import Callable, Iterator

from django.db.models import F, Q

from pages.models import CollectionPage, ProductPage
from shop.models import Collection, Product


def check_pages() -> Iterator[str]:
    """Every lead product and every collection has its page, and a live page says what they say."""
    for product in Product.objects.leads().filter(page=None):
        yield f"Product {product.pk}: has no page."
    for collection in Collection.objects.filter(page=None):
        yield f"Collection {collection.pk}: has no page."
    for page in (
        ProductPage.objects.live()
        .select_related("product")
        .exclude(title=F("product__title"), slug=F("product__slug"), description=F("product__description"))
    ):
        yield f"Product {page.product_id}: its live page says something else."
    for page in CollectionPage.objects.live().exclude(title=F("collection__title")):
        yield f"Collection {page.collection_id}: its live page has another title."


def check_shelves() -> Iterator[str]:
    """A product's page stands below its collection's page, and its variants stand beside it."""
    places = dict(CollectionPage.objects.values_list("collection_id", "path"))
    rows = ProductPage.objects.values_list("product_id", "path", "product__collection_id")
    for product_id, path, collection_id in rows.order_by("product_id"):
        if path[: -ProductPage.steplen] != places.get(collection_id):
            yield f"Product {product_id}: its page stands in another collection."
    variants = Product.objects.exclude(variant_of=None)
    for variant in variants.exclude(collection=F("variant_of__collection")):
        yield f"Product {variant.pk}: stands in another collection than its lead."
    for variant in variants.exclude(variant_of__variant_of=None):
        yield f"Product {variant.pk}: is a variant of a variant."


def check_sale() -> Iterator[str]:
    """A product is on sale while its lead's page is live, it has a price, and nobody archived it."""
    for product in Product.objects.live().filter(Q(page__live=False) | Q(variant_of__page__live=False)):
        yield f"Product {product.pk}: on sale, but its page is not live."
    for product in Product.objects.live().exclude(archived_at=None):
        yield f"Product {product.pk}: on sale, but archived."
    shown = Q(page__live=True) | Q(variant_of__page__live=True)
    for product in Product.objects.filter(shown, is_live=False, unit_price__gte=1, archived_at=None):
        yield f"Product {product.pk}: its page is live, but it is not on sale."


CHECKS: tuple[Callable[[], Iterator[str]], ...] = (check_pages, check_shelves, check_sale)
