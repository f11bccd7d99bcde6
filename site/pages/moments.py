"""The moment a page speaks of, the prices of that moment, and when what it says changes by itself."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from shop.sale_rules import sales_as_of
from shop.selectors import PriceList


def find_moment(request: HttpRequest | None) -> datetime:
    """Now, or the moment that a preview asks to see the page as of."""
    return getattr(request, "shown_as_of", None) or timezone.now()


def find_prices(request: HttpRequest | None) -> PriceList:
    """Those of the page's moment; a preview knows the sales that are scheduled to be published by then."""
    at = find_moment(request)
    return PriceList(at=at, sales=sales_as_of(at) if getattr(request, "shown_as_of", None) else None)


def note_changes(request: HttpRequest | None, moments: Iterable[datetime]) -> None:
    """Let whoever keeps the answer know when it changes by itself: an entry ends there."""
    if request is not None:
        # REST framework's requests wrap Django's own.
        own = getattr(request, "_request", request)
        own.noted_changes = [*getattr(own, "noted_changes", ()), *moments]


def find_noted_changes(request: HttpRequest) -> list[datetime]:
    return getattr(request, "noted_changes", [])
