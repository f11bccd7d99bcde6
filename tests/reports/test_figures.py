from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from checkout.models import Order
from reports.figures import Sales, add_up, sales_by_day
from tests.factories.catalogue import make_item
from tests.factories.orders import make_order, make_paid_order

pytestmark = pytest.mark.django_db


def pay_at(moment: datetime, *, price: str = "100.00") -> None:
    order = make_paid_order((make_item(unit_price=price), 1))
    Order.objects.filter(pk=order.pk).update(paid_at=moment)


def test_sales_by_day_counts_paid_orders_and_lists_empty_days():
    pay_at(datetime(2026, 3, 2, 6, 0, tzinfo=UTC), price="100.00")
    pay_at(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), price="50.00")
    make_order()

    days = sales_by_day(first=date(2026, 3, 1), last=date(2026, 3, 2))

    assert days == [
        Sales(day=date(2026, 3, 2), orders=2, revenue=Decimal("165.00")),
        Sales(day=date(2026, 3, 1), orders=0, revenue=Decimal(0)),
    ]


def test_a_day_begins_at_midnight_in_the_shops_time_zone():
    pay_at(datetime(2026, 3, 1, 18, 29, 59, tzinfo=UTC))  # 23:59:59 in Kolkata
    pay_at(datetime(2026, 3, 1, 18, 30, tzinfo=UTC))  # midnight

    days = sales_by_day(first=date(2026, 3, 1), last=date(2026, 3, 2))

    assert [(day.day.day, day.orders) for day in days] == [(2, 1), (1, 1)]


def test_an_order_outside_the_period_is_not_counted():
    pay_at(datetime(2026, 3, 3, 12, 0, tzinfo=UTC))

    assert sales_by_day(first=date(2026, 3, 1), last=date(2026, 3, 2))[0].orders == 0


def test_sales_of_a_period_are_one_query(count_queries):
    pay_at(datetime(2026, 3, 2, 6, 0, tzinfo=UTC))

    with count_queries() as queries:
        sales_by_day(first=date(2026, 3, 1), last=date(2026, 3, 30))

    assert len(queries) == 1


def test_the_average_order_is_rounded_to_the_paisa():
    assert Sales(day=None, orders=3, revenue=Decimal("100.00")).average == Decimal("33.33")
    assert Sales(day=None, orders=0, revenue=Decimal(0)).average == Decimal("0.00")


def test_adding_up_days_gives_the_period():
    days = [
        Sales(day=date(2026, 3, 2), orders=2, revenue=Decimal("165.00")),
        Sales(day=date(2026, 3, 1), orders=1, revenue=Decimal("10.50")),
    ]

    assert add_up(days) == Sales(day=None, orders=3, revenue=Decimal("175.50"))
