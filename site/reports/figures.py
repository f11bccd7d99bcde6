"""Figures over orders, each defined once. Days are the shop's own (TIME_ZONE), from midnight to midnight."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from checkout.models import Order

PAISA = Decimal("0.01")


@dataclass(frozen=True)
class Sales:
    """Orders paid on a day, or in a period (`day` is None), and their totals with tax, in rupees."""

    day: date | None
    orders: int
    revenue: Decimal

    @property
    def average(self) -> Decimal:
        """Revenue per order, to the paisa."""
        if not self.orders:
            return Decimal("0.00")
        return (self.revenue / self.orders).quantize(PAISA, rounding=ROUND_HALF_UP)


def sales_by_day(*, first: date, last: date) -> list[Sales]:
    """One row for every day of the period, newest first, days without orders too."""
    revenue: dict[date, Decimal] = defaultdict(Decimal)
    count: dict[date, int] = defaultdict(int)
    # Days are made here: MariaDB knows no time zones unless somebody loaded its tables.
    for paid_at, total in paid_orders(first=first, last=last):
        day = timezone.localtime(paid_at).date()
        revenue[day] += total
        count[day] += 1
    days = (last - timedelta(days=back) for back in range((last - first).days + 1))
    return [Sales(day=day, orders=count[day], revenue=revenue[day]) for day in days]


def paid_orders(*, first: date, last: date):
    """When each order of the period was paid, and its total."""
    begins_at, ends_at = midnight(first), midnight(last + timedelta(days=1))
    paid = Order.objects.filter(paid_at__gte=begins_at, paid_at__lt=ends_at).order_by()
    return paid.values_list("paid_at", "total")


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def add_up(days: list[Sales]) -> Sales:
    return Sales(
        day=None,
        orders=sum(day.orders for day in days),
        revenue=sum((day.revenue for day in days), Decimal("0.00")),
    )
