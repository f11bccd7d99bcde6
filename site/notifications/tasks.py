"""Background work of the outbox."""

from celery import shared_task
from django.utils import timezone

from notifications.models import OutgoingEmail
from notifications.services import delivery

SWEEP_SIZE = 200


@shared_task(name="notifications.deliver_email")
def deliver_email(purpose: str) -> None:
    delivery.deliver_email(purpose=purpose)


@shared_task(name="notifications.sweep_outbox")
def sweep_outbox() -> None:
    """Deliver what a lost message or a dead worker left behind. Safe to run twice: rows are claimed."""
    delivery.settle_stuck_emails()
    due = OutgoingEmail.objects.due(timezone.now()).values_list("purpose", flat=True)[:SWEEP_SIZE]
    for purpose in list(due):
        delivery.deliver_email(purpose=purpose)
