from datetime import UTC, date, datetime

import pytest

from checkout.numbers import (
    NumbersUsedUp,
    find_day,
    find_financial_year,
    format_number,
    name_financial_year,
)


@pytest.mark.parametrize(
    ("at", "day", "year"),
    [
        # Midnight in India is 18:30 of the day before in UTC.
        (datetime(2027, 3, 31, 18, 29, 59, tzinfo=UTC), date(2027, 3, 31), 2026),
        (datetime(2027, 3, 31, 18, 30, tzinfo=UTC), date(2027, 4, 1), 2027),
        (datetime(2026, 12, 31, 20, tzinfo=UTC), date(2027, 1, 1), 2026),
        (datetime(2026, 11, 22, 12, tzinfo=UTC), date(2026, 11, 22), 2026),
    ],
)
def test_financial_year_turns_at_midnight_in_india(at, day, year):
    assert (find_day(at), find_financial_year(at)) == (day, year)


@pytest.mark.parametrize(("year", "name"), [(2026, "2026-27"), (1999, "1999-00"), (2009, "2009-10")])
def test_financial_year_has_a_name(year, name):
    assert name_financial_year(year) == name


@pytest.mark.parametrize(
    ("prefix", "year", "sequence", "number"),
    [
        ("INV", 2026, 1, "INV/2627/000001"),
        ("INV", 2026, 999_999, "INV/2627/999999"),
        ("INV", 2026, 9_999_999, "INV/2627/9999999"),
        ("A", 2099, 42, "A/9900/000042"),
    ],
)
def test_number_is_letters_years_and_count(prefix, year, sequence, number):
    assert format_number(prefix=prefix, financial_year=year, sequence=sequence) == number
    assert len(number) <= 16


def test_number_longer_than_the_rule_allows_is_refused():
    with pytest.raises(NumbersUsedUp, match="choose other letters"):
        format_number(prefix="INV", financial_year=2026, sequence=10_000_000)
