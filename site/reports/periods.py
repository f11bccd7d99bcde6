"""Periods of whole days in the shop's own time zone, and the steps they fall into."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from reports.enums import Grain

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("A period ends on its first day or later.")

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def begins_at(self) -> datetime:
        return midnight(self.first)

    @property
    def ends_at(self) -> datetime:
        """The moment after it: midnight of the next day."""
        return midnight(self.last + DAY)

    @property
    def before(self) -> "Period":
        """As many days, right before this one."""
        return Period(self.first - len(self) * DAY, self.first - DAY)

    def days(self) -> Iterator[date]:
        return (self.first + n * DAY for n in range(len(self)))

    def steps(self, grain: Grain) -> list["Period"]:
        """The days, calendar weeks (from Monday) or months it touches; the outer ones are cut to the period."""
        steps: dict[date, Period] = {}
        for day in self.days():
            start = start_of_step(day, grain)
            first = steps[start].first if start in steps else day
            steps[start] = Period(first, day)
        return list(steps.values())


def start_of_step(day: date, grain: Grain) -> date:
    if grain == Grain.WEEK:
        return day - day.weekday() * DAY
    if grain == Grain.MONTH:
        return month_of(day)
    return day


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def whole_month(day: date) -> Period:
    """The month of a day, to its last day."""
    following = (month_of(day) + 31 * DAY).replace(day=1)
    return Period(month_of(day), following - DAY)


def midnight(day: date) -> datetime:
    """The beginning of a day where the shop is."""
    return timezone.make_aware(datetime.combine(day, time()))


def find_day(moment: datetime) -> date:
    """The day of a moment where the shop is. Made here: MariaDB knows no time zones unless told about them."""
    return timezone.localtime(moment).date()


def last_days(count: int, *, today: date) -> Period:
    """So many days, today included."""
    return Period(today - (count - 1) * DAY, today)
