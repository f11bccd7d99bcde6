"""Reading across several models of the shop."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shop.models import Like, Picture, Product, ProductImage, TaxSettings
from shop.pricing import Line, SalePrice, SaleRule, Terms, price_one
from shop.sale_rules import current_sales

# Squares for cards and galleries, made in the background; until then the original serves.
PICTURE_SPECS = {400: "fill-400x400|format-webp", 800: "fill-800x800|format-webp"}

MOST_LIKES = 200


def current_terms() -> Terms:
    """What everybody's prices follow from: tax and sales. A cart adds tier, coupon and shipping."""
    return Terms(tax=TaxSettings.current_terms(), sales=current_sales())


def find_next_price_change(at: datetime) -> datetime | None:
    """The next moment after `at` at which a sale starts or ends; None where no such moment is known."""
    bounds = (bound for rule in current_sales() for bound in (rule.starts_at, rule.ends_at))
    return min((bound for bound in bounds if bound is not None and bound > at), default=None)


def find_last_price_change(at: datetime) -> datetime | None:
    """The last moment up to `at` at which a sale that is not over started; None where no such moment is known."""
    bounds = (bound for rule in current_sales() for bound in (rule.starts_at, rule.ends_at))
    return max((bound for bound in bounds if bound is not None and bound <= at), default=None)


def describe_line(product: Product, *, quantity: int = 1) -> Line:
    """So many of a product, as pricing takes it. Its tax class is loaded; rules know their tags' products."""
    return Line(
        product_id=product.pk,
        quantity=quantity,
        typed_price=product.unit_price,
        tax_rate=product.tax_class.rate if product.tax_class else None,
        lead_id=product.lead_id,
        collection_id=product.collection_id,
        weight_grams=product.weight_grams,
    )


def price_product(product: Product, *, at: datetime) -> SalePrice:
    """What one costs at a moment, for everybody. Its tax class is loaded."""
    return PriceList(at=at).find(product)


class PriceList:
    """What many products cost at a moment: the terms are read once. A preview may bring sales of its own."""

    def __init__(self, *, at: datetime, sales: tuple[SaleRule, ...] | None = None) -> None:
        self.at = at
        terms = current_terms()
        self.tax = terms.tax
        known = terms.sales if sales is None else sales
        self.sales = tuple(sale for sale in known if sale.is_on(at))

    def find(self, product: Product) -> SalePrice:
        """The price of one. Raises a query where the product's tax class is not loaded."""
        line = describe_line(product)
        return price_one(line, tax=self.tax, sales=self.sales, at=self.at)


@dataclass(frozen=True)
class ShownPicture:
    """A picture as templates show it; `large` is the widest square, `original` the file itself."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str
    large: str
    original: str


def show_picture(picture: Picture, *, alt: str) -> ShownPicture:
    """Use the renditions that exist (prefetched); a page view never makes one."""
    made = {rendition.filter_spec: rendition for rendition in picture.renditions.all()}
    squares = [(width, made[spec]) for width, spec in PICTURE_SPECS.items() if spec in made]
    original = picture.file.url
    if not squares:
        return ShownPicture(
            src=original,
            srcset="",
            width=picture.width,
            height=picture.height,
            alt=alt,
            large=original,
            original=original,
        )
    smallest = squares[0][1]
    return ShownPicture(
        src=smallest.url,
        srcset=", ".join(f"{rendition.url} {width}w" for width, rendition in squares),
        width=smallest.width,
        height=smallest.height,
        alt=alt,
        large=squares[-1][1].url,
        original=original,
    )


def find_pictures(product_ids: Iterable[int]) -> dict[int, list[ShownPicture]]:
    """The pictures of each product, in order. Two queries, however many products."""
    images = ProductImage.objects.filter(product_id__in=list(product_ids)).select_related("picture")
    found = defaultdict(list)
    for image in images.prefetch_related("picture__renditions"):
        found[image.product_id].append(show_picture(image.picture, alt=image.caption or image.picture.title))
    return found


def find_faces(products: Iterable[Product]) -> dict[int, ShownPicture | None]:
    """The first picture of each product; a variant without one of its own shows its lead's."""
    products = list(products)
    found = find_pictures({item.pk for item in products} | {item.lead_id for item in products})
    return {item.pk: next(iter(found[item.pk] or found[item.lead_id]), None) for item in products}


def list_liked(*, user) -> list[int]:
    """The ids of the products that somebody likes, newest like first; as many as a page can mark."""
    return list(
        Like.objects.filter(user=user).order_by("-pk").values_list("product_id", flat=True)[:MOST_LIKES]
    )
