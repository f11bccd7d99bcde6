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


class Frequency(models.TextChoices):
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class RunOutcome(models.TextChoices):
    STARTED = "started", _("Under way")
    MAILED = "mailed", _("Mailed")
    FAILED = "failed", _("Failed")
