"""When a scheduled report is due."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from reports.enums import Frequency, Weekday
from reports.models import ReportSchedule

DAY = timedelta(days=1)


def find_next_run(schedule: ReportSchedule, *, after: datetime) -> datetime:
    """The first moment after `after` that the schedule names, in its own time zone."""
    zone = ZoneInfo(schedule.time_zone)
    day = after.astimezone(zone).date()
    while True:
        if is_due_on(schedule, day):
            moment = datetime.combine(day, schedule.at, tzinfo=zone)
            if moment > after:
                return moment
        day += DAY


def is_due_on(schedule: ReportSchedule, day: date) -> bool:
    if schedule.frequency == Frequency.WEEKLY:
        return day.weekday() == schedule.weekday
    if schedule.frequency == Frequency.MONTHLY:
        return day.day == min(schedule.day_of_month, monthrange(day.year, day.month)[1])
    return True


def describe(schedule: ReportSchedule) -> str:
    """In plain words, for example: every Monday at 08:00 (Asia/Kolkata)."""
    at = f"{schedule.at:%H:%M} ({schedule.time_zone})"
    if schedule.frequency == Frequency.WEEKLY:
        return f"every {Weekday(schedule.weekday).label} at {at}"
    if schedule.frequency == Frequency.MONTHLY:
        return f"on day {schedule.day_of_month} of every month at {at}"
    return f"every day at {at}"
