from datetime import date
from decimal import Decimal

import pytest

from reports.enums import Grain
from reports.figures.customers import report_cohorts, report_customers
from reports.periods import Period
from reports.services.summaries import summarise_due_days
from tests.reports.history import ask, pay_on

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("added_up", [False, True])
def test_cohort_shows_the_share_of_buyers_who_came_back(added_up):
    pay_on(date(2026, 1, 10), email="asha@example.com")
    pay_on(date(2026, 1, 11), email="ravi@example.com")
    pay_on(date(2026, 3, 5), email="ASHA@example.com")
    pay_on(date(2026, 3, 6), email="meera@example.com")
    if added_up:
        summarise_due_days(today=date(2026, 3, 20))
    table = report_cohorts(ask(Period(date(2026, 1, 1), date(2026, 3, 31)), grain=Grain.MONTH))
    assert [row[:5] for row in table.rows] == [
        ("January 2026", 2, None, Decimal("50.00"), None),
        ("March 2026", 1, None, None, None),
    ]


def test_second_order_of_a_first_day_is_a_returning_one():
    day = date(2026, 1, 10)
    pay_on(day, hour=18, email="Asha@example.com")
    pay_on(day, hour=9, email="asha@example.com")

    table = report_customers(ask(Period(day, day)))

    assert (table.find_total("new"), table.find_total("returning")) == (1, 1)


def test_buyer_who_bought_before_the_period_returns():
    pay_on(date(2026, 1, 10), email="asha@example.com")
    day = date(2026, 3, 5)
    pay_on(day, email="asha@example.com", state="KA")

    table = report_customers(ask(Period(day, day), filters={"state": "KA"}))

    assert (table.find_total("new"), table.find_total("returning")) == (0, 1)
