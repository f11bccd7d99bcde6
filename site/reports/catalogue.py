"""The reports there are."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.figures.carts import report_carts
from reports.figures.customers import report_cohorts, report_customers
from reports.figures.daily import report_daily
from reports.figures.discounts import report_discounts
from reports.figures.products import report_collections, report_products
from reports.figures.sales import report_sales
from reports.figures.stock import report_stock
from reports.figures.taxes import report_taxes
from reports.questions import Question
from reports.tables import Table


@dataclass(frozen=True)
class Report:
    """`filters` and `has_steps` say what of a question it understands."""

    name: str
    title: str | Promise
    purpose: str | Promise
    answer: Callable[[Question], Table]
    filters: frozenset[str] = frozenset()
    has_steps: bool = False


PRODUCTS, STATE = frozenset({"collection", "tag"}), frozenset({"state"})

REPORTS = {
    report.name: report
    for report in (
        Report("daily", _("The day"), _("The last day at a glance."), report_daily),
        Report("sales", _("Sales"), _("What was sold, day by day."), report_sales, PRODUCTS | STATE, True),
        Report(
            "products",
            _("Best sellers"),
            _("What sells, and what does not."),
            report_products,
            PRODUCTS | STATE,
        ),
        Report("collections", _("Collections"), _("Sales by collection."), report_collections, STATE),
        Report("customers", _("New and returning"), _("Who buys again."), report_customers, STATE, True),
        Report("cohorts", _("Cohorts"), _("Buyers by the month of their first order."), report_cohorts),
        Report("carts", _("Carts"), _("How many carts become orders."), report_carts, has_steps=True),
        Report("stock", _("Stock"), _("What is left, and for how long."), report_stock, PRODUCTS),
        Report("discounts", _("Discounts"), _("What sales and coupons cost."), report_discounts),
        Report("taxes", _("Tax"), _("GST by state and rate."), report_taxes, STATE),
    )
}
