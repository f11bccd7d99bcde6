"""Who bought on a day or in a month, for the first time or again: the one place where these figures are defined.

A buyer is an email address, in any case, with an account or as a guest. An order counts on the day it was paid.
"""

from collections import Counter
from datetime import date
from decimal import Decimal

from django.db.models import Min, QuerySet
from django.db.models.functions import Lower

from checkout.models import Order
from reports.models import EVERYWHERE, BuyerDay
from reports.periods import Period, find_day, month_of

ZERO = Decimal("0.00")


def compute_buyers(day: date) -> dict[str, BuyerDay]:
    """First and later orders of a day by state, in rupees with tax. Two queries."""
    period = Period(day, day)
    orders = paid_in(period)
    seen = set(find_buyers_before(period, orders))
    rows: dict[str, BuyerDay] = {}
    # Of two orders on somebody's first day the earlier one is the first.
    in_order = orders.order_by("paid_at", "pk").values_list("buyer", "place_of_supply", "total")
    for buyer, place, total in in_order:
        for state in {place, EVERYWHERE}:
            row = rows.setdefault(state, BuyerDay(day=day, state=state))
            add_order(row, total, is_first=buyer not in seen)
        seen.add(buyer)
    return rows


def add_order(row: BuyerDay, total: Decimal, *, is_first: bool) -> None:
    if is_first:
        row.new, row.new_total = row.new + 1, row.new_total + total
    else:
        row.returning, row.returning_total = row.returning + 1, row.returning_total + total


def compute_cohorts(month: Period) -> Counter[date]:
    """Who bought in a month, by the month of their first order. Month → buyers. One query."""
    ever = with_buyers(Order.objects.exclude(paid_at=None))
    active = ever.filter(buyer__in=paid_in(month).values("buyer"))
    firsts = active.values("buyer").annotate(first=Min("paid_at")).values_list("first", flat=True)
    return Counter(month_of(find_day(first)) for first in firsts)


def paid_in(period: Period) -> QuerySet[Order]:
    return with_buyers(Order.objects.filter(paid_at__gte=period.begins_at, paid_at__lt=period.ends_at))


def find_buyers_before(period: Period, orders: QuerySet[Order]) -> QuerySet:
    """Which of the buyers of these orders had bought before the period."""
    before = with_buyers(Order.objects.filter(paid_at__lt=period.begins_at))
    return before.filter(buyer__in=orders.values("buyer")).values_list("buyer", flat=True).distinct()


def with_buyers(orders: QuerySet[Order]) -> QuerySet[Order]:
    return orders.order_by().annotate(buyer=Lower("email"))
