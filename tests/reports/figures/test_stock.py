from datetime import date
from decimal import Decimal

import pytest

from reports.figures.stock import report_stock
from reports.periods import Period
from tests.factories.catalogue import make_item
from tests.reports.history import ask, pay_on

pytestmark = pytest.mark.django_db

TEN_DAYS = Period(date(2026, 3, 1), date(2026, 3, 10))


def test_stock_lasts_as_long_as_sales_go_on():
    quick = make_item(title="Quick", inventory=24)
    make_item(title="Slow", inventory=3)
    pay_on(date(2026, 3, 2), (quick, 4))
    table = report_stock(ask(TEN_DAYS))
    assert [row[1:] for row in table.rows] == [
        ("Quick", 20, 4, Decimal("0.2"), Decimal("50.0")),
        ("Slow", 3, 0, Decimal("0.0"), None),
    ]
    assert table.total[1:4] == ("All", 23, 4)


def test_sold_out_product_has_no_days_left():
    gone = make_item(inventory=2)
    pay_on(date(2026, 3, 2), (gone, 2))
    (row,) = report_stock(ask(TEN_DAYS)).rows
    assert row[2:] == (0, 2, None, Decimal("0.0"))
