"""Keeping the summaries of days that are over."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Min
from django.utils import timezone

from checkout.models import Order
from database.transactions import entry_service
from reports.models import DaySales, DiscountDay, ProductDaySales, SummarisedDay, TaxDay
from reports.periods import Period, find_day
from reports.sold import compute_day

ROWS = (DaySales, ProductDaySales, TaxDay, DiscountDay)
# A day is added up again for a while: a payment that was found late counts on the day it was made.
UNSETTLED_DAYS = 7
BATCH = 1000


@entry_service
def summarise_day(*, day: date) -> None:
    """Replace the summary of a day, in one transaction."""
    figures = compute_day(day)
    forget_day(day)
    DaySales.objects.bulk_create(figures.sales.values(), batch_size=BATCH)
    ProductDaySales.objects.bulk_create(figures.products.values(), batch_size=BATCH)
    TaxDay.objects.bulk_create(figures.taxes.values(), batch_size=BATCH)
    DiscountDay.objects.bulk_create(figures.discounts.values(), batch_size=BATCH)
    SummarisedDay.objects.create(day=day, summarised_at=timezone.now())


def forget_day(day: date) -> None:
    for model in (*ROWS, SummarisedDay):
        model.objects.filter(day=day).delete()


def summarise_due_days(*, today: date) -> int:
    """Add up every day that is over and was not, and the last `UNSETTLED_DAYS` again. Returns how many."""
    days = list(find_due_days(today=today))
    for day in days:
        summarise_day(day=day)
    return len(days)


def find_due_days(*, today: date) -> Iterator[date]:
    first = Order.objects.exclude(paid_at=None).aggregate(first=Min("paid_at"))["first"]
    if first is None or find_day(first) >= today:
        return
    done = set(SummarisedDay.objects.values_list("day", flat=True))
    for day in Period(find_day(first), today - timedelta(days=1)).days():
        if day not in done or (today - day).days <= UNSETTLED_DAYS:
            yield day


def rebuild_summaries(*, today: date) -> Iterator[date]:
    """Add up every day that is over anew, each in a transaction of its own; yields the days as they are done."""
    first = Order.objects.exclude(paid_at=None).aggregate(first=Min("paid_at"))["first"]
    if first is None or find_day(first) >= today:
        return
    for day in Period(find_day(first), today - timedelta(days=1)).days():
        summarise_day(day=day)
        yield day
