"""Background work: mails of the outbox, and calls to clients."""

from celery import shared_task
from django.utils import timezone

from database.sweeps import SWEEP_SIZE, sweep
from notifications.models import OutgoingEmail
from notifications.services import dead_mails, delivery, webhook_delivery, webhook_log


@shared_task(name="notifications.deliver_email")
def deliver_email(purpose: str) -> None:
    delivery.deliver_email(purpose=purpose)


@shared_task(name="notifications.sweep_outbox")
def sweep_outbox() -> None:
    """Deliver what a lost message or a dead worker left behind. Safe to run twice: rows are claimed."""
    delivery.settle_stuck_emails()
    due = OutgoingEmail.objects.due(timezone.now()).values_list("purpose", flat=True)[:SWEEP_SIZE]
    sweep(lambda purpose: delivery.deliver_email(purpose=purpose) is not None, due)


@shared_task(name="notifications.report_dead_emails")
def report_dead_emails() -> None:
    dead_mails.report_dead_emails(now=timezone.now())


@shared_task(name="notifications.webhooks.deliver")
def deliver_event(endpoint_id: int, key: str) -> None:
    webhook_delivery.deliver_event(endpoint_id=endpoint_id, key=key)


@shared_task(name="notifications.webhooks.sweep")
def sweep_deliveries() -> None:
    webhook_delivery.deliver_due_events(now=timezone.now())


@shared_task(name="notifications.webhooks.remove_old")
def remove_old_deliveries() -> None:
    webhook_log.remove_old_deliveries(now=timezone.now())
