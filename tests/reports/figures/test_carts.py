from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from checkout.models import Cart, Order
from reports.figures.carts import report_carts
from reports.periods import Period
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item
from tests.factories.orders import make_order, make_paid_order
from tests.reports.history import ask

pytestmark = pytest.mark.django_db

DAY = Period(date(2026, 3, 2), date(2026, 3, 2))
NOON = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
LATER = NOON + timedelta(days=3)


def leave_cart(*lines, at: datetime = NOON) -> None:
    Cart.objects.filter(pk=make_cart(*lines).pk).update(updated_at=at)


def test_carts_are_ordered_paid_or_left_behind():
    make_order()
    make_paid_order()
    Order.objects.update(placed_at=NOON)
    leave_cart((make_item(unit_price="100.00"), 2), (make_item(unit_price="50.00"), 1))
    leave_cart()
    (row,) = report_carts(ask(DAY, now=LATER)).rows
    assert row == ("Mon 2 Mar 2026", 3, 2, 1, Decimal("33.33"), 1, Decimal("250.00"))


def test_cart_of_the_last_day_is_not_left_behind_yet():
    leave_cart((make_item(), 1))
    assert report_carts(ask(DAY, now=NOON + timedelta(hours=23))).find_total("left") == 0
    assert report_carts(ask(DAY, now=NOON + timedelta(hours=25))).find_total("left") == 1
