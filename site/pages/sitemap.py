"""The addresses that search engines should know, with their pictures, in parts of `PART_SIZE`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from pages.models import ProductPage
from pages.navigation import find_home
from shop.selectors import find_pictures

PART_SIZE = 2000


@dataclass(frozen=True)
class Address:
    url: str
    changed_at: datetime | None
    pictures: tuple[str, ...] = ()


def find_pages(request: HttpRequest) -> QuerySet[Page]:
    """Every page of the site that everybody may read."""
    home = find_home(request)
    pages = Page.objects.descendant_of(home, inclusive=True) if home else Page.objects.none()
    return pages.live().public().order_by("path")


def count_parts(request: HttpRequest) -> int:
    return max(1, -(-find_pages(request).count() // PART_SIZE))


def list_addresses(request: HttpRequest, *, part: int) -> list[Address]:
    """The addresses of a part, counted from 1. A fixed number of queries."""
    start = (part - 1) * PART_SIZE
    pages = list(find_pages(request)[start : start + PART_SIZE])
    products = dict(
        ProductPage.objects.filter(pk__in=[page.pk for page in pages]).values_list("pk", "product_id")
    )
    pictures = find_pictures(products.values())
    absolute: Callable[[str], str] = request.build_absolute_uri
    return [
        Address(
            url=absolute(page.get_url(request) or "/"),
            changed_at=page.last_published_at,
            pictures=tuple(absolute(shown.large) for shown in pictures.get(products.get(page.pk), ())),
        )
        for page in pages
    ]
