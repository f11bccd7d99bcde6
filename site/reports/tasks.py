from celery import shared_task
from django.utils import timezone

from reports.services.schedules import run_due_schedules
from reports.services.summaries import summarise_due_days


@shared_task(name="reports.summarise_due_days")
def summarise() -> int:
    return summarise_due_days(today=timezone.localdate())


@shared_task(name="reports.run_due_schedules")
def run_schedules() -> int:
    return run_due_schedules(now=timezone.now())
