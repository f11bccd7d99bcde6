from celery import shared_task
from django.utils import timezone

from reports.services.summaries import summarise_due_days


@shared_task(name="reports.summarise_due_days")
def summarise() -> int:
    return summarise_due_days(today=timezone.localdate())
