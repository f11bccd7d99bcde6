from zoneinfo import ZoneInfo

import pytest
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from background.timing import describe_job


@pytest.mark.parametrize(
    ("every", "period", "words"),
    [
        (1, "minutes", "every minute"),
        (15, "seconds", "every 15 seconds"),
        (6, "hours", "every 6 hours"),
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
