"""Reading across several models of the shop."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from shop.models import Picture, Product, ProductImage

# Squares for cards and galleries, made in the background; until then the original serves.
PICTURE_SPECS = {400: "fill-400x400|format-webp", 800: "fill-800x800|format-webp"}


@dataclass(frozen=True)
class ShownPicture:
    """A picture as templates show it; `large` is the widest there is."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str
    large: str


def show_picture(picture: Picture, *, alt: str) -> ShownPicture:
    """Use the renditions that exist (prefetched); a page view never makes one."""
    made = {rendition.filter_spec: rendition for rendition in picture.renditions.all()}
    squares = [(width, made[spec]) for width, spec in PICTURE_SPECS.items() if spec in made]
    original = picture.file.url
    if not squares:
        return ShownPicture(
            src=original, srcset="", width=picture.width, height=picture.height, alt=alt, large=original
        )
    smallest = squares[0][1]
    return ShownPicture(
        src=smallest.url,
        srcset=", ".join(f"{rendition.url} {width}w" for width, rendition in squares),
        width=smallest.width,
        height=smallest.height,
        alt=alt,
        large=squares[-1][1].url,
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
