"""What becomes of endpoints: well, resting after a failure, switched off after a day of failures, on again."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.module_loading import import_string

from database.backoff import find_pause
from notifications.models import WebhookEndpoint

# One that hangs costs a worker a call each time: it is asked less and less often, until one call succeeds.
FIRST_REST = timedelta(seconds=5)
LONGEST_REST = timedelta(minutes=5)
DISABLED_AFTER = timedelta(days=1)


def note_success(*, endpoint_id: int) -> None:
    """Inner service. A well endpoint is not written to."""
    failing = WebhookEndpoint.objects.filter(pk=endpoint_id, failures__gt=0)
    failing.update(failures=0, failing_since=None, rests_until=None)


def note_failure(*, endpoint_id: int, error: str, now: datetime) -> None:
    """Inner service: let the endpoint rest; after `DISABLED_AFTER` without one success switch it off."""
    rows = WebhookEndpoint.objects.filter(pk=endpoint_id)
    rows.update(failures=F("failures") + 1, failing_since=Coalesce("failing_since", now))
    endpoint = rows.first()
    if endpoint is None:
        return
    rest = find_pause(attempts=endpoint.failures, first=FIRST_REST, longest=LONGEST_REST)
    rows.update(rests_until=now + rest)
    if now - endpoint.failing_since >= DISABLED_AFTER:
        disable_endpoint(endpoint=endpoint, error=error, now=now)


def disable_endpoint(*, endpoint: WebhookEndpoint, error: str, now: datetime) -> None:
    """Inner service: switch it off, once, and put that before staff."""
    why = f"Every call failed for a day. The last one: {error}"[:255]
    enabled = WebhookEndpoint.objects.enabled().filter(pk=endpoint.pk)
    if enabled.update(is_enabled=False, disabled_at=now, disabled_why=why):
        import_string(settings.STAFF_CONCERNS)(
            subject=f"webhook-disabled:{endpoint.pk}:{now:%Y%m%d%H%M%S}",
            text=f"The webhook endpoint “{endpoint.name}” ({endpoint.url}) is switched off. {why}",
        )


def follow_switch(*, endpoint: WebhookEndpoint, was_enabled: bool, now: datetime) -> None:
    """Set what goes with the switch before the endpoint is saved. Inner service."""
    if endpoint.is_enabled and not was_enabled:
        endpoint.failures, endpoint.failing_since, endpoint.rests_until = 0, None, None
        endpoint.disabled_at, endpoint.disabled_why = None, ""
    elif was_enabled and not endpoint.is_enabled:
        endpoint.disabled_at, endpoint.disabled_why = now, "Switched off by staff."
