"""Who listens to what."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.module_loading import import_string

from database.shared_cache import shared_cache
from notifications.models import WebhookEndpoint
from notifications.models.webhook import LISTENED_KEY

# An endpoint that is saved is heard of at once. Where that word is lost, it hears everything from so many seconds on.
LISTENED_SECONDS = 5


def list_kinds() -> list[tuple[str, str]]:
    """Every kind of event with its label, as the floors above name them (`settings.WEBHOOK_KINDS`)."""
    return [choice for path in settings.WEBHOOK_KINDS for choice in import_string(path).choices]


def is_listened_to(kind: str) -> bool:
    """Whether any enabled endpoint wants events of this kind. Costs the order path no query, as a rule."""
    listened = shared_cache.get(LISTENED_KEY)
    if listened is None:
        listened = {kind for endpoint in WebhookEndpoint.objects.enabled() for kind in endpoint.kinds}
        shared_cache.set(LISTENED_KEY, listened, LISTENED_SECONDS)
    return kind in listened


def find_listeners(kind: str) -> Iterable[WebhookEndpoint]:
    """The enabled endpoints that want events of this kind, as they stand now."""
    return [endpoint for endpoint in WebhookEndpoint.objects.enabled() if kind in endpoint.kinds]
