from datetime import UTC, datetime, time

import pytest

from reports.models import ReportSchedule
from reports.recurrence import describe, find_next_run

MONDAY = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)  # 08:00 in Kolkata


def make_schedule(**fields) -> ReportSchedule:
    return ReportSchedule(**{"title": "Sales", "report": "sales", "at": time(8, 0), **fields})


@pytest.mark.parametrize(
    ("schedule", "after", "due"),
    [
        (make_schedule(), datetime(2026, 3, 2, 2, 29, tzinfo=UTC), MONDAY),
        (make_schedule(), MONDAY, datetime(2026, 3, 3, 2, 30, tzinfo=UTC)),
        (make_schedule(frequency="weekly", weekday=0), datetime(2026, 2, 25, tzinfo=UTC), MONDAY),
        (make_schedule(frequency="weekly", weekday=0), MONDAY, datetime(2026, 3, 9, 2, 30, tzinfo=UTC)),
        (
            make_schedule(frequency="monthly", day_of_month=31),
            datetime(2026, 2, 1, tzinfo=UTC),
            datetime(2026, 2, 28, 2, 30, tzinfo=UTC),
        ),
        (
            make_schedule(time_zone="Europe/Berlin"),
            datetime(2026, 3, 28, 12, tzinfo=UTC),
            datetime(2026, 3, 29, 6, tzinfo=UTC),  # the night before, clocks went forward
        ),
    ],
)
def test_next_run(schedule, after, due):
    assert find_next_run(schedule, after=after) == due


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "every day at 08:00 (Asia/Kolkata)"),
        ({"frequency": "weekly", "weekday": 4}, "every Friday at 08:00 (Asia/Kolkata)"),
        ({"frequency": "monthly", "day_of_month": 5}, "on day 5 of every month at 08:00 (Asia/Kolkata)"),
    ],
)
def test_schedule_in_plain_words(fields, words):
    assert describe(make_schedule(**fields)) == words
