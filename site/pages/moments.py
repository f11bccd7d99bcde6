"""The moment a page speaks of, and the prices of that moment."""

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
