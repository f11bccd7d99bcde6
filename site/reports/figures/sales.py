"""Sales over time."""

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from checkout.enums import RefundStatus
from checkout.models import Refund
from reports.enums import Grain
from reports.periods import Period, find_day
from reports.questions import Question
from reports.reading import Reader, Sold
from reports.tables import Column, Kind, Table

ZERO = Decimal("0.00")
PAISA = Decimal("0.01")


def report_sales(question: Question) -> Table:
    """One row per step of the period, steps without orders too."""
    sold = Reader(question).sales_by_day()
    refunds = {} if question.filters.by_product else find_refunds(question)
    steps = question.period.steps(question.grain)
    rows = [make_row(name_step(step, question.grain), *add_step(step, sold, refunds)) for step in steps]
    total = make_row(_("Whole period"), *add_step(question.period, sold, refunds))
    table = Table(columns=list_columns(), rows=rows, total=total, chart=("total",))
    return drop_orders(table) if question.filters.by_product else table


def add_step(step: Period, sold: dict[date, Sold], refunds: dict[date, Decimal]) -> tuple[Sold, Decimal]:
    figures, refunded = Sold(), ZERO
    for day in step.days():
        if day in sold:
            figures.add(sold[day])
        refunded += refunds.get(day, ZERO)
    return figures, refunded


def make_row(label: str, sold: Sold, refunded: Decimal) -> tuple:
    return (
        label,
        sold.orders,
        sold.units,
        sold.gross,
        sold.discounts,
        sold.net,
        sold.shipping,
        sold.tax,
        sold.total,
        refunded,
        average(sold.total, sold.orders),
    )


def list_columns() -> tuple[Column, ...]:
    money = Kind.MONEY
    return (
        Column("step", _("Period"), Kind.TEXT),
        Column("orders", _("Orders"), definition=_("Orders that were paid in this time.")),
        Column("units", _("Units"), definition=_("Pieces in these orders.")),
        Column("gross", _("Gross sales"), money, _("Goods at their list price, before tax.")),
        Column(
            "discounts", _("Discounts"), money, _("What sales, memberships and coupons took off, before tax.")
        ),
        Column("net", _("Net sales"), money, _("Gross sales less discounts, before tax.")),
        Column("shipping", _("Shipping"), money, _("Delivery and its surcharges, before tax.")),
        Column("tax", _("Tax"), money, _("GST in goods and shipping.")),
        Column("total", _("Total sales"), money, _("Net sales, shipping and tax: what customers paid.")),
        Column("refunds", _("Refunds"), money, _("Money sent back in this time, for orders of any time.")),
        Column("average", _("Average order"), money, _("Total sales divided by orders.")),
    )


def drop_orders(table: Table) -> Table:
    """Of some products only, there is no shipping, no refund and no whole order to speak of."""
    kept = [n for n, column in enumerate(table.columns) if column.name in PRODUCT_COLUMNS]
    return Table(
        columns=tuple(table.columns[n] for n in kept),
        rows=[tuple(row[n] for n in kept) for row in table.rows],
        total=tuple(table.total[n] for n in kept),
        chart=table.chart,
        notes=[_("Of the chosen products only: without shipping, refunds and the number of orders.")],
    )


PRODUCT_COLUMNS = {"step", "units", "gross", "discounts", "net", "tax", "total"}


def average(total: Decimal, orders: int) -> Decimal:
    return (total / orders).quantize(PAISA, rounding=ROUND_HALF_UP) if orders else ZERO


def find_refunds(question: Question) -> dict[date, Decimal]:
    """Money on its way back or returned, by the day it was asked for."""
    found: dict[date, Decimal] = defaultdict(Decimal)
    for created_at, amount in refunds_of(question).values_list("created_at", "amount"):
        found[find_day(created_at)] += amount
    return found


def refunds_of(question: Question) -> QuerySet:
    period = question.period
    refunds = Refund.objects.exclude(status=RefundStatus.FAILED)
    refunds = refunds.filter(created_at__gte=period.begins_at, created_at__lt=period.ends_at)
    if question.filters.state is not None:
        refunds = refunds.filter(payment__order__place_of_supply=question.filters.state)
    return refunds.order_by()


def name_step(step: Period, grain: Grain) -> str:
    if grain == Grain.MONTH:
        return date_format(step.first, "F Y")
    if grain == Grain.WEEK:
        return _("Week of %(day)s") % {"day": date_format(step.first, "j M Y")}
    return date_format(step.first, "D j M Y")
