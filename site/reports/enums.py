from django.db import models
from django.utils.translation import gettext_lazy as _


class Grain(models.TextChoices):
    """How long a step of a report is."""

    DAY = "day", _("By day")
    WEEK = "week", _("By week")
    MONTH = "month", _("By month")


class DiscountKind(models.TextChoices):
    SALE = "sale", _("Sale")
    COUPON = "coupon", _("Coupon")
    TIER = "tier", _("Membership")
