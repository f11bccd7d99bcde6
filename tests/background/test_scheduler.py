import pytest
from celery import current_app
from django.conf import settings
from django.db import OperationalError
from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import DatabaseScheduler

from background import scheduler
from background.scheduler import ShopScheduler

pytestmark = pytest.mark.django_db(transaction=True)


# Jobs at an hour of the day are read a few hours before it.
EVERY_SO_OFTEN = {
    name for name, job in settings.CELERY_BEAT_SCHEDULE.items() if isinstance(job["schedule"], float)
}


@pytest.fixture(autouse=True)
def pauses(monkeypatch) -> list[float]:
    """The database needs no real time to come back here."""
    pauses = []
    monkeypatch.setattr(scheduler.time, "sleep", pauses.append)
    return pauses


def fail_once(monkeypatch, owner, name):
    original, calls = getattr(owner, name), []

    def fail(*args, **kwargs):
        calls.append(name)
        if len(calls) == 1:
            raise OperationalError("server has gone away")
        return original(*args, **kwargs)

    monkeypatch.setattr(owner, name, fail)


def test_beat_starts_with_every_planned_job():
    beat = ShopScheduler(app=current_app)

    assert set(PeriodicTask.objects.values_list("name", flat=True)) == set(settings.CELERY_BEAT_SCHEDULE)
    assert set(beat.schedule) >= EVERY_SO_OFTEN


def test_beat_leaves_out_what_staff_switched_off():
    ShopScheduler(app=current_app)
    PeriodicTask.objects.filter(name="sweep-outbox").update(enabled=False)

    assert "sweep-outbox" not in ShopScheduler(app=current_app).schedule


def test_beat_waits_for_a_database_that_is_away_when_it_starts(monkeypatch, pauses):
    fail_once(monkeypatch, scheduler, "write_jobs")

    beat = ShopScheduler(app=current_app)

    assert set(beat.schedule) >= EVERY_SO_OFTEN
    assert pauses == [2.0]


def test_beat_outlives_a_database_that_goes_away(monkeypatch, pauses):
    beat = ShopScheduler(app=current_app)
    fail_once(monkeypatch, DatabaseScheduler, "all_as_schedule")
    beat._initial_read = True

    assert beat.tick() == 0.0
    assert pauses == [2.0]
    assert beat.tick() >= 0
    assert set(beat.schedule) >= EVERY_SO_OFTEN
