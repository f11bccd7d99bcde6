"""Leaving the mail service in peace: it asked for that, or does not answer. Mails wait for it in the outbox."""

import math
from datetime import timedelta

from anymail.exceptions import AnymailRequestsAPIError

from database.shared_cache import shared_cache

REST_KEY = "mail-service-rests"
LONGEST_REST = timedelta(hours=1)
THROTTLED_REST = timedelta(minutes=1)
# Each mail whose answer is lost waits for a report, or for staff: one at a time finds out whether it answers again.
SILENT_REST = timedelta(seconds=30)
TOO_MANY_REQUESTS = 429


def is_resting() -> bool:
    return bool(shared_cache.get(REST_KEY))


def rest(pause: timedelta) -> None:
    """Where the shared cache is away, every mail finds out by itself."""
    shared_cache.set(REST_KEY, True, max(1, math.ceil(pause.total_seconds())))


def find_throttle(error: Exception) -> timedelta | None:
    """How long the service wants to be left in peace; None where it did not say that we are too fast."""
    if not isinstance(error, AnymailRequestsAPIError) or error.status_code != TOO_MANY_REQUESTS:
        return None
    seconds = error.response.headers.get("Retry-After", "").strip()
    if not seconds.isdecimal():
        return THROTTLED_REST
    return min(timedelta(seconds=min(int(seconds), 86400)), LONGEST_REST)
