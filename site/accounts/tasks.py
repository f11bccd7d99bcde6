"""Background work of accounts."""

from celery import shared_task

from accounts.services import attempts


@shared_task(name="accounts.remove_old_attempts")
def remove_old_attempts() -> None:
    attempts.remove_old_attempts()
