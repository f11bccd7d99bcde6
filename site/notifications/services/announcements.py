"""The way in for what clients are told: rows written in the transaction that makes it happen."""

import json
import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from database.transactions import entry_service, send_after_commit
from notifications.models import WebhookDelivery, WebhookEndpoint
from notifications.selectors import find_listeners, is_listened_to

DELIVERY_TASK = "notifications.webhooks.deliver"
TEST_KIND = "test"


class EndpointDisabled(Exception):
    """Nothing is sent to an endpoint that is switched off."""

    def __init__(self) -> None:
        super().__init__("The endpoint is switched off: enable it first.")


def announce(*, kind: str, describe: Callable[[], dict[str, Any]], key: str = "") -> None:
    """Tell every endpoint that listens to this kind, after commit. Inner service.

    `describe` gives the event's `data` as it is now; it is not called where nobody listens. With a `key`, for
    example the order's id, an endpoint hears of it once for ever; without, each call is an event of its own.
    """
    if is_listened_to(kind):
        write_deliveries(endpoints=find_listeners(kind), kind=kind, data=describe(), key=key)


def write_deliveries(
    *, endpoints: Iterable[WebhookEndpoint], kind: str, data: dict[str, Any], key: str = ""
) -> list[WebhookDelivery]:
    """Inner service. One statement that tolerates what was announced before."""
    event_id, now = uuid.uuid4(), timezone.now()
    body = write_body(event_id=event_id, kind=kind, data=data, at=now)
    deliveries = [
        WebhookDelivery(
            endpoint_id=endpoint.pk,
            event_id=event_id,
            kind=kind,
            key=f"{kind}:{key or event_id}",
            body=body,
            created_at=now,
            send_after=now,
        )
        for endpoint in endpoints
    ]
    WebhookDelivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    for delivery in deliveries:
        send_after_commit(DELIVERY_TASK, delivery.endpoint_id, delivery.key)
    return deliveries


def write_body(*, event_id: uuid.UUID, kind: str, data: dict[str, Any], at: datetime) -> str:
    event = {"id": str(event_id), "type": kind, "created_at": at, "data": data}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), default=write_value)


def write_value(value: Any) -> Any:
    """As the API writes them: amounts as numbers, points in time in UTC."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    raise TypeError(f"An event cannot say {value!r}.")


@entry_service
def send_test(*, endpoint_id: int) -> WebhookDelivery:
    """Call one endpoint with an event that means nothing.

    Raises `EndpointDisabled`, and `WebhookEndpoint.DoesNotExist`.
    """
    endpoint = WebhookEndpoint.objects.get(pk=endpoint_id)
    if not endpoint.is_enabled:
        raise EndpointDisabled
    WebhookEndpoint.objects.filter(pk=endpoint_id).update(rests_until=None)
    data = {"message": f"A test for {endpoint.name}."}
    (made,) = write_deliveries(endpoints=[endpoint], kind=TEST_KIND, data=data)
    return WebhookDelivery.objects.get(endpoint=endpoint, key=made.key)
