from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.forms.models import model_to_dict

from checkout.models import Order
from reports.models import (
    EVERYWHERE,
    BuyerDay,
    CartDay,
    CohortMonth,
    DaySales,
    DiscountDay,
    ProductDaySales,
    SummarisedDay,
    TaxDay,
)
from reports.periods import midnight
from reports.services.summaries import rebuild_summaries, summarise_day, summarise_due_days
from tests.factories.catalogue import make_item
from tests.reports.history import FIRST, PERIOD, draw_history, pay_on

pytestmark = pytest.mark.django_db

TODAY = date(2026, 4, 15)


def test_a_day_is_added_up_per_state_and_everywhere():
    pay_on(FIRST, (make_item(unit_price="100.00"), 2), state="KA")
    pay_on(FIRST, (make_item(unit_price="50.00"), 1), state="MH")
    summarise_day(day=FIRST)
    rows = DaySales.objects.order_by("state").values_list("state", "orders", "units", "net", "total")
    assert list(rows) == [
        (EVERYWHERE, 2, 3, Decimal("250.00"), Decimal("275.00")),
        ("KA", 1, 2, Decimal("200.00"), Decimal("220.00")),
        ("MH", 1, 1, Decimal("50.00"), Decimal("55.00")),
    ]


def test_adding_up_again_replaces_the_rows():
    order = pay_on(FIRST)
    summarise_day(day=FIRST)
    Order.objects.filter(pk=order.pk).update(paid_at=order.paid_at + timedelta(days=1))
    summarise_day(day=FIRST)
    assert (DaySales.objects.count(), SummarisedDay.objects.count()) == (0, 1)


def test_due_are_the_days_that_are_over_and_once_more_the_last_seven():
    pay_on(FIRST)
    assert summarise_due_days(today=FIRST) == 0
    assert summarise_due_days(today=date(2026, 3, 4)) == 3
    assert summarise_due_days(today=date(2026, 3, 4)) == 3
    assert summarise_due_days(today=TODAY) == 42
    assert summarise_due_days(today=TODAY) == 7


def test_day_is_added_up_again_when_an_order_of_it_is_paid_weeks_later():
    """As with cash on delivery: the cart of that day has become a paid order."""
    pay_on(FIRST)
    late = pay_on(FIRST)
    Order.objects.filter(pk=late.pk).update(paid_at=None)
    summarise_due_days(today=TODAY)
    assert CartDay.objects.get(day=FIRST).paid == 1

    Order.objects.filter(pk=late.pk).update(paid_at=midnight(TODAY - timedelta(days=1)))
    summarise_due_days(today=TODAY)

    row = CartDay.objects.get(day=FIRST)
    assert (row.ordered, row.paid) == (2, 2)


def test_cohorts_of_a_month_are_added_up_once_it_is_over():
    pay_on(FIRST, email="asha@example.com")
    pay_on(date(2026, 4, 2), email="ASHA@example.com")

    summarise_due_days(today=TODAY)
    march = (FIRST, FIRST, 1)
    assert list(CohortMonth.objects.values_list("first_month", "month", "buyers")) == [march]

    summarise_due_days(today=date(2026, 5, 1))
    april = (FIRST, date(2026, 4, 1), 1)
    assert list(CohortMonth.objects.order_by("month").values_list("first_month", "month", "buyers")) == [
        march,
        april,
    ]


def test_shop_without_orders_has_nothing_to_add_up():
    assert summarise_due_days(today=TODAY) == 0
    assert list(rebuild_summaries(today=TODAY)) == []


def test_command_rebuilds_the_same_figures():
    draw_history(7)
    summarise_due_days(today=TODAY)
    before = snapshot()
    DaySales.objects.update(total=1)
    DiscountDay.objects.all().delete()
    BuyerDay.objects.update(new=9)
    CartDay.objects.update(paid=9)
    CohortMonth.objects.update(buyers=9)
    out = StringIO()
    call_command("rebuild_summaries", stdout=out)
    assert snapshot() == before
    assert "days are added up." in out.getvalue()


def snapshot() -> list:
    tables = (DaySales, ProductDaySales, TaxDay, DiscountDay, BuyerDay, CartDay)
    months = sorted(CohortMonth.objects.values_list("first_month", "month", "buyers"))
    rows = [
        sorted(str({**model_to_dict(row), "id": None}) for row in table.objects.filter(day__lte=PERIOD.last))
        for table in tables
    ]
    return [*rows, months]
