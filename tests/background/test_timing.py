from zoneinfo import ZoneInfo

import pytest
from celery import current_app
from django.conf import settings
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from background.services.jobs import write_jobs
from background.timing import describe_job


@pytest.mark.parametrize(
    ("every", "period", "words"),
    [
        (1, "minutes", "every minute"),
        (15, "seconds", "every 15 seconds"),
        (6, "hours", "every 6 hours"),
        (21600, "seconds", "every 6 hours"),
        (90, "seconds", "every 90 seconds"),
        (1, "days", "every day"),
    ],
)
def test_intervals_are_told_in_words(every, period, words):
    assert describe_job(PeriodicTask(interval=IntervalSchedule(every=every, period=period))) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("*", "every day at 02:05"),
        ("sunday", "every Sunday at 02:05"),
        ("0,mon", "every Monday, Sunday at 02:05"),
        ("1,2,3,4,5,6,0", "every day at 02:05"),
    ],
)
def test_hours_of_days_are_told_in_words(days, words):
    crontab = CrontabSchedule(minute="5", hour="2", day_of_week=days, timezone=ZoneInfo("Asia/Kolkata"))

    assert describe_job(PeriodicTask(crontab=crontab)) == words


def test_job_without_a_time_never_runs():
    assert describe_job(PeriodicTask()) == "never"


@pytest.mark.django_db
def test_every_planned_time_can_be_told_in_words():
    write_jobs(planned=settings.CELERY_BEAT_SCHEDULE, app=current_app)

    told = {job.name: describe_job(job) for job in PeriodicTask.objects.all()}

    assert told["check-stock"] == "every 6 hours"
    assert told["clean-carts"] == "every Sunday at 02:00"
    assert "never" not in told.values()
