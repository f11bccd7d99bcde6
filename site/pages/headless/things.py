"""Pictures, pages, products and reviews as a front end can show them: with addresses, at today's price and stock."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from pages.blocks.links import show_chosen
from pages.cards import CollectionTile, ProductCard, find_urls
from shop.models import Picture, Review
from shop.selectors import ShownPicture

Described = dict[str, Any]


def make_absolute(url: str, *, request: HttpRequest | None) -> str:
    return request.build_absolute_uri(url) if request and url else url


def describe_picture(picture: Picture | None, *, request: HttpRequest | None) -> Described | None:
    shown = describe_shown(show_chosen(picture), request=request)
    return {"id": picture.pk, **shown} if shown else None


def describe_shown(shown: ShownPicture | None, *, request: HttpRequest | None) -> Described | None:
    """The square renditions that exist, else the original."""
    if shown is None:
        return None
    sources = [part.split(" ") for part in shown.srcset.split(", ") if part]
    srcset = ", ".join(f"{make_absolute(url, request=request)} {width}" for url, width in sources)
    return {
        "src": make_absolute(shown.src, request=request),
        "srcset": srcset,
        "large": make_absolute(shown.large, request=request),
        "width": shown.width,
        "height": shown.height,
        "alt": shown.alt,
    }


def describe_page(page: Page | None, *, request: HttpRequest | None) -> Described | None:
    """Nothing while the page is gone or not live."""
    if page is None or not page.live:
        return None
    return {"id": page.pk, "title": page.title, "url": page.get_url(request), "full_url": page.full_url}


def describe_card(card: ProductCard, *, request: HttpRequest | None) -> Described:
    """Prices in rupees with tax, as numbers."""
    return {
        **asdict(card),
        "price": float(card.price),
        "old_price": None if card.old_price is None else float(card.old_price),
        "rating": None if card.rating is None else float(card.rating),
        "picture": describe_shown(card.picture, request=request),
        "second_picture": describe_shown(card.second_picture, request=request),
    }


def describe_tile(tile: CollectionTile, *, request: HttpRequest | None) -> Described:
    return {**asdict(tile), "picture": describe_shown(tile.picture, request=request)}


def describe_review(review: Review | None, *, request: HttpRequest | None) -> Described | None:
    """Only what shoppers may read."""
    if review is None or not review.is_approved:
        return None
    urls = find_urls("ProductPage", "product_id", [review.product_id], request=request)
    return {
        "id": review.pk,
        "name": review.name,
        "text": review.description,
        "rating": review.rating,
        "product_id": review.product_id,
        "product_url": urls.get(review.product_id),
    }
