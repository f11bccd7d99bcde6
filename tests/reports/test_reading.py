from datetime import UTC, date, datetime

import pytest

from reports.figures.sales import report_sales
from reports.periods import Period
from tests.reports.history import ask, pay_on

pytestmark = pytest.mark.django_db


def test_today_counts_from_midnight_where_the_shop_is():
    """At 00:10 in Kolkata it is still yesterday in UTC."""
    today = date(2026, 3, 3)
    pay_on(today, hour=0)
    now = datetime(2026, 3, 2, 18, 40, tzinfo=UTC)
    assert report_sales(ask(Period(today, today), now=now)).find_total("orders") == 1


def test_days_to_come_are_not_read():
    pay_on(date(2026, 3, 3))
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert report_sales(ask(Period(date(2026, 3, 1), date(2026, 3, 9)), now=now)).find_total("orders") == 0
