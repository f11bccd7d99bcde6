"""When a job runs, in plain words. Two kinds of time are enough: every so often, or at an hour of some days."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

# As cron counts them.
WEEKDAYS = {
    "1": gettext_lazy("Monday"),
    "2": gettext_lazy("Tuesday"),
    "3": gettext_lazy("Wednesday"),
    "4": gettext_lazy("Thursday"),
    "5": gettext_lazy("Friday"),
    "6": gettext_lazy("Saturday"),
    "0": gettext_lazy("Sunday"),
}
NAMES = {"sun": "0", "mon": "1", "tue": "2", "wed": "3", "thu": "4", "fri": "5", "sat": "6"}


def describe_job(job: PeriodicTask) -> str:
    """For example “every 15 seconds” or “every day at 03:30”."""
    if job.interval:
        return describe_interval(job.interval)
    if job.crontab:
        return describe_crontab(job.crontab)
    return _("never")


def describe_interval(interval: IntervalSchedule) -> str:
    every, period = find_largest_unit(interval)
    words = {
        "seconds": ngettext("every second", "every %(count)s seconds", every),
        "minutes": ngettext("every minute", "every %(count)s minutes", every),
        "hours": ngettext("every hour", "every %(count)s hours", every),
        "days": ngettext("every day", "every %(count)s days", every),
    }
    return words[period] % {"count": every}


def find_largest_unit(interval: IntervalSchedule) -> tuple[int, str]:
    """The same time in the largest unit it is a whole number of: Celery keeps all of them in seconds."""
    every, period = interval.every, interval.period
    for smaller, count, larger in (
        ("seconds", 60, "minutes"),
        ("minutes", 60, "hours"),
        ("hours", 24, "days"),
    ):
        if period == smaller and every % count == 0:
            every, period = every // count, larger
    return every, period


def describe_crontab(crontab: CrontabSchedule) -> str:
    at = f"{int(crontab.hour):02}:{int(crontab.minute):02}"
    days = list_weekdays(crontab)
    if len(days) == len(WEEKDAYS):
        return _("every day at %(at)s") % {"at": at}
    named = ", ".join(str(WEEKDAYS[day]) for day in days)
    return _("every %(days)s at %(at)s") % {"days": named, "at": at}


def list_weekdays(crontab: CrontabSchedule) -> list[str]:
    """Keys of `WEEKDAYS`, Monday first."""
    if crontab.day_of_week == "*":
        return list(WEEKDAYS)
    named = [each.strip().lower() for each in crontab.day_of_week.split(",")]
    chosen = {NAMES.get(each[:3], each) for each in named}
    return [day for day in WEEKDAYS if day in chosen]
