"""Every figure against one computed naively from the order rows, over drawn histories."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from checkout.models import Order, OrderItem
from reports.enums import Grain
from reports.figures.customers import report_customers
from reports.figures.discounts import report_discounts
from reports.figures.products import report_products
from reports.figures.sales import report_sales
from reports.figures.taxes import report_taxes
from reports.services.summaries import summarise_day
from tests.reports.history import PERIOD, ask, draw_history

pytestmark = pytest.mark.django_db

SEEDS = [1, 2]
PAISA = Decimal("0.01")


@pytest.fixture(params=SEEDS)
def _history(request):
    draw_history(request.param)


@pytest.fixture(params=["none", "some"])
def _summaries(request, _history):
    """The same figures whether the days have been added up or not."""
    for number, day in enumerate(PERIOD.days()):
        if request.param == "some" and number % 2:
            summarise_day(day=day)


def local_day(order: Order):
    return (order.paid_at + timedelta(hours=5, minutes=30)).date()


def paid_orders(**filters) -> list[Order]:
    return list(Order.objects.exclude(paid_at=None).filter(**filters).prefetch_related("items"))


@pytest.mark.usefixtures("_summaries")
def test_sales_per_day_are_what_the_orders_say():
    expected = defaultdict(lambda: [0, 0, Decimal(0), Decimal(0), Decimal(0)])
    for order in paid_orders():
        row = expected[local_day(order)]
        row[0] += 1
        row[1] += sum(item.quantity for item in order.items.all())
        row[2] += sum(item.taxable for item in order.items.all())
        row[3] += order.tax
        row[4] += order.total
    table = report_sales(ask())
    names = ("orders", "units", "net", "tax", "total")
    found = list(zip(*(table.column(name) for name in names), strict=True))
    assert found == [tuple(expected[day]) if day in expected else (0, 0, 0, 0, 0) for day in PERIOD.days()]
    assert [table.find_total(name) for name in names] == [
        sum(row[n] for row in expected.values()) for n in range(5)
    ]


@pytest.mark.usefixtures("_summaries")
def test_net_shipping_and_tax_make_the_total_in_every_row():
    for row in report_sales(ask(grain=Grain.WEEK)).rows:
        gross, discounts, net, shipping, tax, total = row[3:9]
        assert gross - discounts == net
        assert net + shipping + tax == total


@pytest.mark.usefixtures("_summaries")
def test_sales_to_a_state_are_those_of_its_orders():
    table = report_sales(ask(filters={"state": "MH"}))
    orders = paid_orders(place_of_supply="MH")
    assert table.find_total("orders") == len(orders)
    assert table.find_total("total") == sum(order.total for order in orders)


@pytest.mark.usefixtures("_summaries")
def test_sales_of_a_product_are_those_of_its_lines():
    units, net = defaultdict(int), defaultdict(Decimal)
    for item in OrderItem.objects.exclude(order__paid_at=None):
        units[item.sku] += item.quantity
        net[item.sku] += item.taxable
    table = report_products(ask())
    sold = {row[0]: (row[2], row[5]) for row in table.rows if row[2]}
    assert sold == {sku: (units[sku], net[sku]) for sku in units}
    assert table.column("net") == sorted(table.column("net"), reverse=True)


@pytest.mark.usefixtures("_summaries")
def test_tax_by_rate_and_state_is_the_tax_of_the_orders():
    table = report_taxes(ask())
    orders = paid_orders()
    assert table.find_total("tax") == sum(order.tax for order in orders)
    assert table.find_total("taxable") + table.find_total("tax") == sum(order.total for order in orders)


@pytest.mark.usefixtures("_summaries")
def test_coupons_cost_what_the_orders_say():
    table = report_discounts(ask())
    used = paid_orders(coupon_code="SAVE")
    expected = [("Coupon", "SAVE", len(used), sum(order.coupon_discount for order in used))] if used else []
    assert [(row[0], row[1], row[2], row[4]) for row in table.rows] == expected


@pytest.mark.usefixtures("_summaries")
def test_new_and_returning_buyers_are_told_apart_by_their_first_order():
    seen, new, returning = set(), 0, 0
    for order in Order.objects.exclude(paid_at=None).order_by("paid_at", "pk"):
        new, returning = (new, returning + 1) if order.email in seen else (new + 1, returning)
        seen.add(order.email)
    table = report_customers(ask())
    assert (table.find_total("new"), table.find_total("returning")) == (new, returning)
    whole = table.find_total("new_total") + table.total[4]
    assert whole == sum(order.total for order in paid_orders())


def test_history_lies_in_the_past():
    assert timezone.localdate() > PERIOD.last
