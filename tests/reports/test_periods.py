from datetime import UTC, date, datetime

import pytest

from reports.enums import Grain
from reports.periods import Period, find_day, last_days, midnight

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def test_period_includes_both_its_ends():
    assert len(MARCH) == 31
    assert date(2026, 3, 1) in MARCH
    assert date(2026, 3, 31) in MARCH
    assert date(2026, 4, 1) not in MARCH


def test_period_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="first day or later"):
        Period(date(2026, 3, 2), date(2026, 3, 1))


def test_period_runs_from_midnight_to_midnight_in_the_shops_time_zone():
    assert MARCH.begins_at == datetime(2026, 2, 28, 18, 30, tzinfo=UTC)
    assert MARCH.ends_at == datetime(2026, 3, 31, 18, 30, tzinfo=UTC)


def test_period_before_is_as_long_and_ends_right_before():
    assert MARCH.before == Period(date(2026, 1, 29), date(2026, 2, 28))


def test_weeks_begin_on_monday_and_are_cut_to_the_period():
    weeks = MARCH.steps(Grain.WEEK)
    assert [(week.first.day, week.last.day) for week in weeks] == [
        (1, 1), (2, 8), (9, 15), (16, 22), (23, 29), (30, 31),
    ]  # fmt: skip


def test_months_of_a_period():
    months = Period(date(2026, 1, 20), date(2026, 3, 5)).steps(Grain.MONTH)
    assert months == [
        Period(date(2026, 1, 20), date(2026, 1, 31)),
        Period(date(2026, 2, 1), date(2026, 2, 28)),
        Period(date(2026, 3, 1), date(2026, 3, 5)),
    ]


def test_day_changes_at_midnight_in_kolkata():
    assert find_day(datetime(2026, 3, 1, 18, 29, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert find_day(datetime(2026, 3, 1, 18, 30, tzinfo=UTC)) == date(2026, 3, 2)
    assert find_day(midnight(date(2026, 3, 2))) == date(2026, 3, 2)


def test_last_days_include_today():
    assert last_days(7, today=date(2026, 3, 7)) == Period(date(2026, 3, 1), date(2026, 3, 7))
