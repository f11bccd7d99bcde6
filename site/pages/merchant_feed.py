"""Everything that is sold, as Google Merchant Center reads it: RSS with the fields that its specification names."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest
from django.template.loader import render_to_string

from pages.cards import find_urls
from pages.models import ShopSettings
from pages.moments import find_prices
from shop.models import Product
from shop.selectors import find_pictures

BATCH = 200
MOST_PICTURES = 10
# Of the options that editors name themselves, those that the specification has a field for.
OPTION_FIELDS = {"colour": "color", "color": "color", "size": "size", "material": "material"}


@dataclass(frozen=True)
class FeedItem:
    """One product or variant; prices with tax, in rupees."""

    sku: str
    group: str
    title: str
    description: str
    url: str
    pictures: tuple[str, ...]
    kind: str
    price: Decimal
    sale_price: Decimal | None
    in_stock: bool
    options: tuple[tuple[str, str], ...]


def write_feed(request: HttpRequest) -> Iterator[str]:
    """The feed in pieces: a large catalogue is never held whole."""
    shop = ShopSettings.load(request)
    yield render_to_string(
        "pages/merchant_feed_head.xml", {"shop": shop, "url": request.build_absolute_uri("/")}
    )
    last = 0
    while batch := read_batch(last):
        items = list_items(batch, request=request)
        yield render_to_string("pages/merchant_feed_items.xml", {"items": items, "shop": shop})
        last = batch[-1].pk
    yield "</channel></rss>\n"


def read_batch(after: int) -> list[Product]:
    products = (
        Product.objects.live().filter(pk__gt=after).select_related("collection", "tax_class", "variant_of")
    )
    return list(products.prefetch_related("options").order_by("pk")[:BATCH])


def list_items(products: list[Product], *, request: HttpRequest) -> list[FeedItem]:
    """Those that have a page and a picture: without one, Google refuses them."""
    leads = {product.lead_id for product in products}
    urls = find_urls("ProductPage", "product_id", leads, request=request)
    grouped = set(Product.objects.live().filter(variant_of__in=leads).values_list("variant_of", flat=True))
    pictures = find_pictures(leads | {product.pk for product in products})
    prices = find_prices(request)
    absolute = request.build_absolute_uri
    items = []
    for product in products:
        shown = [*pictures.get(product.pk, ()), *pictures.get(product.lead_id, ())]
        if product.lead_id not in urls or not shown:
            continue
        price = prices.find(product)
        address = absolute(urls[product.lead_id])
        items.append(
            FeedItem(
                sku=product.sku,
                group=(product.variant_of or product).sku if product.lead_id in grouped else "",
                title=product.full_title,
                description=product.description or product.title,
                url=f"{address}?variant={product.pk}" if product.variant_of_id else address,
                pictures=tuple(dict.fromkeys(absolute(picture.large) for picture in shown))[:MOST_PICTURES],
                kind=product.collection.title,
                price=price.old_price or price.unit.gross,
                sale_price=price.unit.gross if price.old_price else None,
                in_stock=product.inventory > 0,
                options=list_options(product),
            )
        )
    return items


def list_options(product: Product) -> tuple[tuple[str, str], ...]:
    named = ((OPTION_FIELDS.get(option.name.lower()), option.value) for option in product.options.all())
    return tuple((name, value) for name, value in named if name)
