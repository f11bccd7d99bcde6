"""Background work of the API."""

from celery import shared_task

from api.services.idempotency import remove_outdated_requests


@shared_task(name="api.remove_outdated_requests")
def clean_requests() -> None:
    remove_outdated_requests()
