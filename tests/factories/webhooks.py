"""Clients that listen, and what they were told."""

import json
from typing import Any

from notifications.models import WebhookDelivery, WebhookEndpoint
from notifications.models.webhook import forget_listened


def make_endpoint(*kinds: str, url: str = "https://client.example.com/events", **fields) -> WebhookEndpoint:
    """An endpoint that listens to these kinds; the cache knows of it, as it does after a commit."""
    columns = {"name": "Warehouse", "kinds": list(kinds) or ["order.paid"], **fields}
    endpoint = WebhookEndpoint.objects.create(url=url, **columns)
    forget_listened()
    return endpoint


def list_events(endpoint: WebhookEndpoint | None = None) -> list[tuple[str, dict[str, Any]]]:
    """Kind and data of what was announced, in order."""
    rows = WebhookDelivery.objects.order_by("pk")
    if endpoint is not None:
        rows = rows.filter(endpoint=endpoint)
    return [(row.kind, json.loads(row.body)["data"]) for row in rows]
