"""Periods that keep their meaning as time goes on."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from reports.periods import DAY, Period, last_days

PRESETS = {
    "1": _("Last day"),
    "7": _("Last 7 days"),
    "30": _("Last 30 days"),
    "90": _("Last 90 days"),
    "365": _("Last 365 days"),
    "month": _("This month"),
    "last_month": _("Last month"),
}
DEFAULT_PRESET = "30"


def resolve_period(preset: str, *, today: date) -> Period:
    """The days that a preset means on a day."""
    if preset == "month":
        return Period(today.replace(day=1), today)
    if preset == "last_month":
        last = today.replace(day=1) - DAY
        return Period(last.replace(day=1), last)
    return last_days(int(preset), today=today)
