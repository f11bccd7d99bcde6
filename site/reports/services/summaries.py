"""Keeping the summaries of days that are over."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from checkout.models import Order
from database.transactions import entry_service
from reports.buyers import compute_buyers, compute_cohorts
from reports.models import (
    BuyerDay,
    CartDay,
    CohortMonth,
    DaySales,
    DiscountDay,
    ProductDaySales,
    SummarisedDay,
    TaxDay,
)
from reports.ordered import compute_carts
from reports.periods import Period, find_day, midnight, month_of, whole_month
from reports.sold import compute_day

ROWS = (DaySales, ProductDaySales, TaxDay, DiscountDay, BuyerDay, CartDay)
# A day is added up again for a while: a payment that was found late counts on the day it was made.
UNSETTLED_DAYS = 7
BATCH = 1000


@entry_service
def summarise_day(*, day: date) -> None:
    """Replace the summary of a day, in one transaction."""
    figures, buyers, carts = compute_day(day), compute_buyers(day), compute_carts(day)
    forget_day(day)
    DaySales.objects.bulk_create(figures.sales.values(), batch_size=BATCH)
    ProductDaySales.objects.bulk_create(figures.products.values(), batch_size=BATCH)
    TaxDay.objects.bulk_create(figures.taxes.values(), batch_size=BATCH)
    DiscountDay.objects.bulk_create(figures.discounts.values(), batch_size=BATCH)
    BuyerDay.objects.bulk_create(buyers.values())
    carts.save()
    SummarisedDay.objects.create(day=day, summarised_at=timezone.now())


def forget_day(day: date) -> None:
    for model in (*ROWS, SummarisedDay):
        model.objects.filter(day=day).delete()


@entry_service
def summarise_month(*, month: Period) -> None:
    """Replace the cohorts of a month, in one transaction."""
    cohorts = compute_cohorts(month)
    CohortMonth.objects.filter(month=month.first).delete()
    CohortMonth.objects.bulk_create(
        CohortMonth(first_month=first, month=month.first, buyers=buyers) for first, buyers in cohorts.items()
    )


def summarise_months_of(days: Iterable[date], *, today: date) -> None:
    """The months of these days that are over."""
    for first in sorted({month_of(day) for day in days}):
        if whole_month(first).last < today:
            summarise_month(month=whole_month(first))


def summarise_due_days(*, today: date) -> int:
    """Add up every day that is over and was not, and the last `UNSETTLED_DAYS` again. Returns how many."""
    days = list(find_due_days(today=today))
    for day in days:
        summarise_day(day=day)
    summarise_months_of(days, today=today)
    return len(days)


def find_due_days(*, today: date) -> Iterator[date]:
    first = Order.objects.exclude(paid_at=None).aggregate(first=Min("paid_at"))["first"]
    if first is None or find_day(first) >= today:
        return
    settled_on = today - timedelta(days=UNSETTLED_DAYS)
    done = set(SummarisedDay.objects.values_list("day", flat=True))
    done -= find_days_paid_later(since=midnight(settled_on))
    for day in Period(find_day(first), today - timedelta(days=1)).days():
        if day not in done or day >= settled_on:
            yield day


def find_days_paid_later(*, since: datetime) -> set[date]:
    """Days whose orders were paid of late, as with cash on delivery: more of their carts are paid now."""
    moments = Order.objects.filter(paid_at__gte=since).order_by().values_list("placed_at", flat=True)
    return {find_day(moment) for moment in moments}


def rebuild_summaries(*, today: date) -> Iterator[date]:
    """Add up every day that is over anew, each in a transaction of its own; yields the days as they are done."""
    first = Order.objects.exclude(paid_at=None).aggregate(first=Min("paid_at"))["first"]
    if first is None or find_day(first) >= today:
        return
    period = Period(find_day(first), today - timedelta(days=1))
    for day in period.days():
        summarise_day(day=day)
        yield day
    summarise_months_of(period.days(), today=today)
