from datetime import date
from decimal import Decimal

import pytest

from reports.enums import Grain
from reports.figures.customers import report_cohorts
from reports.periods import Period
from tests.reports.history import ask, pay_on

pytestmark = pytest.mark.django_db


def test_cohort_shows_the_share_of_buyers_who_came_back():
    pay_on(date(2026, 1, 10), email="asha@example.com")
    pay_on(date(2026, 1, 11), email="ravi@example.com")
    pay_on(date(2026, 3, 5), email="ASHA@example.com")
    pay_on(date(2026, 3, 6), email="meera@example.com")
    table = report_cohorts(ask(Period(date(2026, 1, 1), date(2026, 3, 31)), grain=Grain.MONTH))
    assert [row[:5] for row in table.rows] == [
        ("January 2026", 2, None, Decimal("50.00"), None),
        ("March 2026", 1, None, None, None),
    ]
