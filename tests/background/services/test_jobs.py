import pytest
from celery import current_app
from celery.schedules import crontab
from django.conf import settings
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from background.services.jobs import run_job_now, write_jobs

pytestmark = pytest.mark.django_db

SWEEP = {"task": "notifications.sweep_outbox", "schedule": 15.0, "description": "Send mails"}
CLEAN = {
    "task": "checkout.carts.remove_abandoned_carts",
    "schedule": crontab(minute=0, hour=2, day_of_week="sunday"),
    "description": "Remove carts",
}


def write(**planned):
    write_jobs(planned=planned, app=current_app)


def test_missing_jobs_are_written_with_their_times():
    write(sweep=SWEEP, clean=CLEAN)

    sweep, clean = PeriodicTask.objects.get(name="sweep"), PeriodicTask.objects.get(name="clean")
    assert (sweep.task, sweep.description, sweep.enabled) == (SWEEP["task"], "Send mails", True)
    assert (sweep.interval.every, sweep.interval.period) == (15, "seconds")
    assert (clean.crontab.hour, clean.crontab.minute, clean.crontab.day_of_week) == ("2", "0", "sunday")
    assert str(clean.crontab.timezone) == "Asia/Kolkata"


def test_time_that_staff_changed_stays_while_words_follow_the_code():
    write(sweep=SWEEP)
    slower, _ = IntervalSchedule.objects.get_or_create(every=5, period="minutes")
    PeriodicTask.objects.update(interval=slower, enabled=False)

    write(sweep=SWEEP | {"description": "Send what waits", "task": "notifications.sweep"})

    job = PeriodicTask.objects.get()
    assert (job.interval, job.enabled) == (slower, False)
    assert (job.description, job.task) == ("Send what waits", "notifications.sweep")


def test_job_that_the_code_names_no_more_is_dropped():
    write(sweep=SWEEP, clean=CLEAN)

    write(sweep=SWEEP)

    assert list(PeriodicTask.objects.values_list("name", flat=True)) == ["sweep"]


def test_every_planned_job_can_be_written_and_has_a_description():
    write(**settings.CELERY_BEAT_SCHEDULE)

    assert PeriodicTask.objects.exclude(description="").count() == len(settings.CELERY_BEAT_SCHEDULE)


def test_running_a_job_now_sends_its_task(broker):
    write(sweep=SWEEP)

    run_job_now(job=PeriodicTask.objects.get())

    assert broker.sent == [("notifications.sweep_outbox", [])]
