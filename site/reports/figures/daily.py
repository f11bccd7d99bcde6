"""The day at a glance, against the day before and the same weekday a week ago."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from checkout.enums import PaymentStatus
from checkout.models import Payment
from reports.figures.sales import average
from reports.periods import Period
from reports.questions import Question
from reports.reading import Reader, Sold
from reports.tables import Column, Kind, Table
from shop.models import Product
from shop.templatetags.money import money

BEST_SELLERS = 5
MOST_LOW = 10


def report_daily(question: Question) -> Table:
    """Orders, revenue, average, failed payments; then best sellers and what runs low."""
    day = question.period.last
    days = (day, day - timedelta(days=1), day - timedelta(days=7))
    sold = [find_sold(question, each) for each in days]
    rows = [
        (_("Orders"), *(str(each.orders) for each in sold)),
        (_("Total sales"), *(money(each.total) for each in sold)),
        (_("Average order"), *(money(average(each.total, each.orders)) for each in sold)),
        (_("Failed payments"), *(str(count_failed(each)) for each in days)),
        *list_best_sellers(question, days),
        *list_low_stock(),
    ]
    return Table(columns=list_columns(), rows=rows)


def on_day(question: Question, day: date) -> Question:
    return Question(period=Period(day, day), now=question.now)


def find_sold(question: Question, day: date) -> Sold:
    return Reader(on_day(question, day)).sales_by_day().get(day, Sold())


def count_failed(day: date) -> int:
    """Payments that were tried on the day and failed for good."""
    period = Period(day, day)
    tried = Payment.objects.filter(created_at__gte=period.begins_at, created_at__lt=period.ends_at)
    return tried.filter(status=PaymentStatus.FAILED).count()


def list_best_sellers(question: Question, days: tuple[date, ...]) -> list[tuple[str, ...]]:
    """The day's five, and how many pieces of each went on the other days."""
    sold = [Reader(on_day(question, day)).sales_by_product() for day in days]
    best = sorted(sold[0].items(), key=lambda entry: (-entry[1].net, entry[0]))[:BEST_SELLERS]
    titles = {product.pk: product.full_title for product in Product.objects.filter(pk__in=dict(best))}
    rows = []
    for rank, (pk, _figures) in enumerate(best, start=1):
        units = (_("%(count)s sold") % {"count": each.get(pk, Sold()).units} for each in sold)
        rows.append((f"{rank}. {titles[pk]}", *units))
    return rows


def list_low_stock() -> list[tuple[str, ...]]:
    """What runs low now, and what is sold out."""
    low = Product.objects.live().low_in_stock().order_by("inventory", "title")
    rows = [
        (
            _("Runs low: %(title)s") % {"title": product.full_title},
            _("%(count)s left") % {"count": product.inventory},
            "",
            "",
        )
        for product in low[:MOST_LOW]
    ]
    gone = Product.objects.live().filter(inventory=0).count()
    return [*rows, (_("Sold out products"), str(gone), "", "")]


def list_columns() -> tuple[Column, ...]:
    return (
        Column("figure", _("Figure"), Kind.TEXT),
        Column("day", _("This day"), Kind.TEXT),
        Column("day_before", _("The day before"), Kind.TEXT),
        Column("week_before", _("A week before"), Kind.TEXT, _("The same weekday of the week before.")),
    )
