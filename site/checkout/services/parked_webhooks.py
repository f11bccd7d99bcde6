"""What staff do with events that could not take effect: have them tried again, or put them aside for good."""

from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from checkout.enums import WebhookStatus
from checkout.models import WebhookEvent
from checkout.services.webhooks import PROCESS_TASK
from database.transactions import entry_service, send_after_commit

RETRIED = "checkout.webhook_retried"
SET_ASIDE = "checkout.webhook_set_aside"


class NotParked(Exception):
    """Somebody else saw to the event meanwhile, or it took effect."""

    def __init__(self) -> None:
        super().__init__("This event does not wait for anybody any more.")


@entry_service
def retry_webhook(*, webhook_id: int, user: User) -> None:
    """Process a parked event once more, as if it had just come. Raises `NotParked`."""
    changes = {"status": WebhookStatus.RECEIVED, "attempts": 0, "processed_at": None}
    # Due at once: where the task is lost, the sweep finds it.
    event = unpark(webhook_id, **changes, next_try_at=timezone.now())
    log(instance=event, action=RETRIED, user=user, data={"why": event.why})
    send_after_commit(PROCESS_TASK, event.event_id)


@entry_service
def set_webhook_aside(*, webhook_id: int, user: User, reason: str) -> None:
    """Note that nothing has to be done about a parked event, and why. Raises `NotParked`."""
    event = unpark(webhook_id, status=WebhookStatus.SET_ASIDE)
    log(instance=event, action=SET_ASIDE, user=user, data={"why": event.why, "reason": reason})


def unpark(webhook_id: int, **changes) -> WebhookEvent:
    """Of two people at once one wins the statement."""
    if not WebhookEvent.objects.parked().filter(pk=webhook_id).update(**changes):
        raise NotParked
    return WebhookEvent.objects.get(pk=webhook_id)
