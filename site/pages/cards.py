"""Products and collections as the cards of a list: a fixed number of queries, however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.apps import apps
from django.db.models import Avg, Count, Min, Sum, prefetch_related_objects
from django.http import HttpRequest

from pages.moments import find_prices
from shop.models import Collection, Product, Review
from shop.selectors import PriceList, ShownPicture, find_pictures


@dataclass(frozen=True)
class ProductCard:
    """A product in a list; prices with tax, in rupees."""

    product_id: int
    url: str
    title: str
    price: Decimal
    old_price: Decimal | None
    picture: ShownPicture | None
    second_picture: ShownPicture | None
    sold_out: bool
    only_left: int | None
    rating: Decimal | None
    review_count: int
    has_variants: bool


@dataclass(frozen=True)
class CollectionTile:
    collection_id: int
    title: str
    url: str
    picture: ShownPicture | None
    products_count: int


def find_cards(
    products: Sequence[Product], *, request: HttpRequest | None = None, prices: PriceList | None = None
) -> list[ProductCard]:
    """A card for each product that has a page, in the order given, at the prices of the page's moment."""
    prefetch_related_objects(products, "tax_class")
    ids = [product.pk for product in products]
    urls = find_urls("ProductPage", "product_id", ids, request=request)
    pictures = find_pictures(ids)
    ratings = find_ratings(ids)
    variants = find_variant_stock(ids)
    prices = prices or find_prices(request)
    cards = []
    for product in products:
        if product.pk not in urls:
            continue
        rating, review_count = ratings.get(product.pk, (None, 0))
        price = prices.find(product)
        first, second = [*pictures[product.pk][:2], None, None][:2]
        in_stock = product.inventory + variants.get(product.pk, 0)
        cards.append(
            ProductCard(
                product_id=product.pk,
                url=urls[product.pk],
                title=product.title,
                price=price.unit.gross,
                old_price=price.old_price,
                picture=first,
                second_picture=second,
                sold_out=in_stock == 0,
                only_left=None if product.pk in variants else product.only_left,
                rating=rating,
                review_count=review_count,
                has_variants=product.pk in variants,
            )
        )
    return cards


def find_urls(model: str, key: str, ids: Iterable[int], *, request: HttpRequest | None) -> dict[int, str]:
    """The addresses of the live pages of these products or collections."""
    # By name: the page models import this module for their own contexts.
    pages = apps.get_model("pages", model).objects.live().filter(**{f"{key}__in": list(ids)})
    return {getattr(page, key): page.get_url(request) for page in pages.only("url_path", key)}


def find_ratings(ids: Iterable[int]) -> dict[int, tuple[Decimal | None, int]]:
    """The mean rating, to one place, and the number of approved reviews."""
    rows = Review.objects.approved().filter(product_id__in=list(ids)).values("product_id").order_by()
    return {
        row["product_id"]: (round_rating(row["mean"]), row["count"])
        for row in rows.annotate(mean=Avg("rating"), count=Count("pk"))
    }


def round_rating(mean: float | Decimal | None) -> Decimal | None:
    return None if mean is None else Decimal(str(mean)).quantize(Decimal("0.1"))


def find_variant_stock(ids: Iterable[int]) -> dict[int, int]:
    """The stock of all live variants together, for the leads that have some."""
    rows = Product.objects.live().filter(variant_of__in=list(ids)).values("variant_of").order_by()
    return {row["variant_of"]: row["stock"] for row in rows.annotate(stock=Sum("inventory"))}


def find_collection_tiles(*, request: HttpRequest | None = None) -> list[CollectionTile]:
    """Every collection with a live page, with the picture of one of its products."""
    collections = list(Collection.objects.with_products_count())
    urls = find_urls("CollectionPage", "collection_id", [item.pk for item in collections], request=request)
    faces = find_collection_faces()
    pictures = find_pictures(faces.values())
    return [
        CollectionTile(
            collection_id=item.pk,
            title=item.title,
            url=urls[item.pk],
            picture=next(iter(pictures.get(faces.get(item.pk), ())), None),
            products_count=item.products_count,
        )
        for item in collections
        if item.pk in urls
    ]


def find_collection_faces() -> dict[int, int]:
    """For each collection the product whose picture stands for it: its oldest live one that has a picture."""
    rows = Product.objects.live().leads().filter(images__position=0).order_by().values_list("collection_id")
    return dict(rows.annotate(face=Min("pk")))
