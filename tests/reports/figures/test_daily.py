from datetime import date, timedelta

import pytest

from checkout.models import Payment
from reports.figures.daily import report_daily
from reports.periods import Period, midnight
from tests.factories.catalogue import make_item
from tests.factories.orders import make_intent, make_order, make_payment
from tests.reports.history import ask, pay_on

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 9)


def test_the_day_stands_beside_the_day_before_and_a_week_before():
    bell = make_item(title="Brass bell", unit_price="100.00", inventory=20)
    make_item(title="Gone", inventory=0)
    pay_on(DAY, (bell, 2))
    pay_on(DAY, (bell, 1))
    pay_on(DAY - timedelta(days=1), (bell, 5))
    pay_on(DAY - timedelta(days=7), (bell, 8))
    make_payment(make_intent(make_order()), status="failed")
    Payment.objects.filter(status="failed").update(created_at=midnight(DAY))

    rows = report_daily(ask(Period(DAY, DAY))).rows

    assert rows == [
        ("Orders", "2", "1", "1"),
        ("Total sales", "₹330", "₹550", "₹880"),
        ("Average order", "₹165", "₹550", "₹880"),
        ("Failed payments", "1", "0", "0"),
        ("1. Brass bell", "3 sold", "5 sold", "8 sold"),
        ("Runs low: Brass bell", "4 left", "", ""),
        ("Sold out products", "1", "", ""),
    ]
