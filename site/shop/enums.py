from django.db import models
from django.utils.translation import gettext_lazy as _


class StockReason(models.TextChoices):
    """Why a stock changed."""

    INITIAL = "initial", _("First stock")
    HELD = "held", _("Held for an order")
    RELEASED = "released", _("Given back by an order")
    ADJUSTED = "adjusted", _("Changed by staff")
    RETURNED = "returned", _("Returned by a customer")
