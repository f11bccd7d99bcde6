"""What was sold, added up per day: so that a year is read as quickly as a week.

A summarised day has a row in `SummarisedDay`; any other day is computed from its orders when it is asked for. The
rows are a copy: `manage.py rebuild_summaries` makes them anew to the same figures.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.enums import DiscountKind

EVERYWHERE = "*"  # stands in the column `state` for all states together


def sum_field(label: str) -> models.DecimalField:
    """Rupees with two places."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, default=0)


class SummarisedDay(models.Model):
    """A day whose orders have been added up."""

    day = models.DateField(_("day"), primary_key=True)
    summarised_at = models.DateTimeField(_("summarised"))

    class Meta:
        verbose_name = _("summarised day")
        permissions = [("view_reports", _("Can see the reports"))]


class DaySales(models.Model):
    """Orders that were paid on a day, to one state or to all."""

    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=2)
    orders = models.PositiveIntegerField(_("orders"))
    units = models.PositiveIntegerField(_("units"))
    discounts = sum_field(_("discounts"))
    net = sum_field(_("net sales"))
    shipping = sum_field(_("shipping before tax"))
    tax = sum_field(_("tax"))
    total = sum_field(_("total sales"))

    class Meta:
        verbose_name = _("sales of a day")
        constraints = [models.UniqueConstraint(fields=["state", "day"], name="day_sales_once")]


class ProductDaySales(models.Model):
    """What was sold of a product on a day, to one state or to all."""

    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=2)
    product = models.ForeignKey("shop.Product", on_delete=models.CASCADE, related_name="+")
    units = models.PositiveIntegerField(_("units"))
    discounts = sum_field(_("discounts"))
    net = sum_field(_("net sales"))
    tax = sum_field(_("tax"))

    class Meta:
        verbose_name = _("sales of a product on a day")
        constraints = [
            models.UniqueConstraint(fields=["state", "day", "product"], name="product_day_sales_once")
        ]


class TaxDay(models.Model):
    """Tax on what was sold on a day, by state and rate; delivery counts with the highest rate of its order."""

    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=2)
    rate = models.DecimalField(_("rate in percent"), max_digits=5, decimal_places=2)
    taxable = sum_field(_("taxable value"))
    cgst = sum_field(_("CGST"))
    sgst = sum_field(_("SGST"))
    igst = sum_field(_("IGST"))

    class Meta:
        verbose_name = _("tax of a day")
        constraints = [models.UniqueConstraint(fields=["day", "state", "rate"], name="tax_day_once")]


class DiscountDay(models.Model):
    """What sales, coupons and memberships took off on a day."""

    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=10, choices=DiscountKind.choices)
    name = models.CharField(_("name"), max_length=120, blank=True)
    orders = models.PositiveIntegerField(_("orders"))
    units = models.PositiveIntegerField(_("units"))
    amount = sum_field(_("amount"))

    class Meta:
        verbose_name = _("discounts of a day")
        constraints = [models.UniqueConstraint(fields=["day", "kind", "name"], name="discount_day_once")]


class BuyerDay(models.Model):
    """Paid orders of a day, by whether their buyer had bought before; to one state or to all."""

    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=2)
    new = models.PositiveIntegerField(_("first orders"), default=0)
    new_total = sum_field(_("total of first orders"))
    returning = models.PositiveIntegerField(_("later orders"), default=0)
    returning_total = sum_field(_("total of later orders"))

    class Meta:
        verbose_name = _("buyers of a day")
        constraints = [models.UniqueConstraint(fields=["state", "day"], name="buyer_day_once")]


class CohortMonth(models.Model):
    """How many of those who first bought in one month bought in another. Written once that month is over."""

    first_month = models.DateField(_("month of the first order"))
    month = models.DateField(_("month"))
    buyers = models.PositiveIntegerField(_("buyers"))

    class Meta:
        verbose_name = _("buyers of a month")
        constraints = [models.UniqueConstraint(fields=["first_month", "month"], name="cohort_month_once")]


class CartDay(models.Model):
    """Carts that became an order on a day, and how many of these orders are paid."""

    day = models.DateField(_("day"), unique=True)
    ordered = models.PositiveIntegerField(_("ordered"), default=0)
    paid = models.PositiveIntegerField(_("paid"), default=0)

    class Meta:
        verbose_name = _("carts of a day")
