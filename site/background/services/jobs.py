"""The jobs that beat sends: which there are is code, when they run is a row that staff may change."""

from collections.abc import Mapping
from typing import Any

from celery import Celery, current_app
from django_celery_beat.models import PeriodicTask, PeriodicTasks
from django_celery_beat.schedulers import ModelEntry

from database.transactions import entry_service


@entry_service
def write_jobs(*, planned: Mapping[str, Mapping[str, Any]], app: Celery) -> None:
    """Write the jobs that are missing, as `CELERY_BEAT_SCHEDULE` plans them, and drop those that it names no more.

    A job that has its row keeps its time: staff may have changed it.
    """
    known = {job.name: job for job in PeriodicTask.objects.all()}
    for name, plan in planned.items():
        if name in known:
            rename_job(known[name], plan)
        else:
            ModelEntry.from_entry(name, app=app, **plan)
    dropped, _ = PeriodicTask.objects.exclude(name__in=planned).delete()
    if dropped:
        PeriodicTasks.update_changed()


def rename_job(job: PeriodicTask, plan: Mapping[str, Any]) -> None:
    """Another release may call the task differently, and say it in other words."""
    told = {name: plan[name] for name in ("task", "description")}
    if any(getattr(job, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(job, name, value)
        job.save()


def run_job_now(*, job: PeriodicTask) -> None:
    """Send its task, whether or not it is switched on. Raises what the broker raises when it is down."""
    current_app.send_task(job.task, [])
