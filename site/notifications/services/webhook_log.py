"""What is done to calls that were made or wait: sent once more, resumed, removed when they are old."""

from datetime import datetime, timedelta

from database.transactions import entry_service, send_after_commit
from notifications.enums import OutgoingStatus
from notifications.models import WebhookDelivery, WebhookEndpoint
from notifications.services.announcements import DELIVERY_TASK, EndpointDisabled

KEPT = timedelta(days=30)
REMOVED_AT_ONCE = 1000


class DeliveryInFlight(Exception):
    """The event is being sent at this moment."""

    def __init__(self) -> None:
        super().__init__("This event is being sent right now. Please look again in a moment.")


def resume_deliveries(*, endpoint_id: int, now: datetime) -> int:
    """Let everything that waits for an endpoint go out from now on. Returns how many that are. Inner service."""
    return WebhookDelivery.objects.queued().filter(endpoint_id=endpoint_id).update(send_after=now)


@entry_service
def resend_delivery(*, delivery_id: int, now: datetime) -> None:
    """Send an event once more, as it was; from then on it is tried again like any other.

    Raises `EndpointDisabled`, `DeliveryInFlight` and `WebhookDelivery.DoesNotExist`.
    """
    delivery = WebhookDelivery.objects.select_related("endpoint").get(pk=delivery_id)
    if not delivery.endpoint.is_enabled:
        raise EndpointDisabled
    WebhookEndpoint.objects.filter(pk=delivery.endpoint_id).update(rests_until=None)
    idle = WebhookDelivery.objects.filter(pk=delivery_id).exclude(status=OutgoingStatus.SENDING)
    if not idle.update(status=OutgoingStatus.QUEUED, send_after=now):
        raise DeliveryInFlight
    send_after_commit(DELIVERY_TASK, delivery.endpoint_id, delivery.key)


def remove_old_deliveries(*, now: datetime) -> int:
    """Remove what is older than `KEPT`, in steps that hold the database for a moment each. Returns how many."""
    removed = 0
    while count := remove_some(before=now - KEPT):
        removed += count
    return removed


@entry_service
def remove_some(*, before: datetime) -> int:
    old = WebhookDelivery.objects.created_before(before).order_by().values_list("pk", flat=True)
    return WebhookDelivery.objects.filter(pk__in=list(old[:REMOVED_AT_ONCE])).delete()[0]
