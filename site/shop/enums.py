from django.db import models
from django.utils.translation import gettext_lazy as _


class StockReason(models.TextChoices):
    """Why a stock changed."""

    INITIAL = "initial", _("First stock")
    HELD = "held", _("Held for an order")
    RELEASED = "released", _("Given back by an order")
    ADJUSTED = "adjusted", _("Changed by staff")
    RETURNED = "returned", _("Returned by a customer")


class TaxKind(models.TextChoices):
    """Whether a supply bears GST. Zero-rated and exempt goods are sold without tax, and invoices say which."""

    TAXABLE = "taxable", _("Taxable")
    ZERO_RATED = "zero_rated", _("Zero-rated")
    EXEMPT = "exempt", _("Exempt")
