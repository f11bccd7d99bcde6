"""The moment a page speaks of."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone


def find_moment(request: HttpRequest | None) -> datetime:
    """Now, or the moment that a preview asks to see the page as of."""
    return getattr(request, "shown_as_of", None) or timezone.now()
