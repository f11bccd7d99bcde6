"""Who buys: for the first time, or again. A buyer is an email address, with an account or as a guest."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.buyers import compute_cohorts
from reports.enums import Grain
from reports.figures.sales import average, name_step
from reports.models import EVERYWHERE, BuyerDay, CohortMonth
from reports.periods import Period, find_day, month_of, whole_month
from reports.questions import Question
from reports.reading import Reader
from reports.tables import Column, Kind, Table

MONTHS = 12


def report_customers(question: Question) -> Table:
    """Orders and money of new and returning buyers per step."""
    by_day = {row.day: row for row in Reader(question).buyers()}
    steps = question.period.steps(question.grain)
    rows = [make_row(name_step(step, question.grain), add_step(step, by_day)) for step in steps]
    total = make_row(_("Whole period"), add_step(question.period, by_day))
    return Table(columns=list_columns(), rows=rows, total=total, chart=("new", "returning"))


def add_step(step: Period, by_day: dict[date, BuyerDay]) -> BuyerDay:
    whole = BuyerDay(day=step.first, state=EVERYWHERE)
    for day in step.days():
        if row := by_day.get(day):
            whole.new += row.new
            whole.new_total += row.new_total
            whole.returning += row.returning
            whole.returning_total += row.returning_total
    return whole


def make_row(label: str, buyers: BuyerDay) -> tuple:
    orders = buyers.new + buyers.returning
    share = average(Decimal(100 * buyers.returning), orders)
    return (label, buyers.new, buyers.new_total, buyers.returning, buyers.returning_total, share)


def list_columns() -> tuple[Column, ...]:
    first = _("The first paid order of an email address.")
    return (
        Column("step", _("Period"), Kind.TEXT),
        Column("new", _("New buyers"), definition=first),
        Column("new_total", _("Their total"), Kind.MONEY, _("What they paid in that first order.")),
        Column(
            "returning", _("Returning orders"), definition=_("Paid orders of addresses that had paid before.")
        ),
        Column("returning_total", _("Their total"), Kind.MONEY, _("What these orders came to.")),
        Column("share", _("Returning"), Kind.PERCENT, _("Returning orders of all paid orders.")),
    )


def report_cohorts(question: Question) -> Table:
    """Of those who first bought in a month, how many bought again in each month after."""
    wanted = [month_of(step.first) for step in question.period.steps(Grain.MONTH)]
    found = find_cohorts(since=wanted[0], until=find_day(question.now))
    rows = [make_cohort(first, found[first]) for first in wanted if first in found]
    return Table(columns=cohort_columns(), rows=rows)


def find_cohorts(*, since: date, until: date) -> dict[date, dict[date, int]]:
    """Month of the first order → month → buyers; months that are not summarised are computed."""
    found: dict[date, dict[date, int]] = defaultdict(dict)
    closed = set(CohortMonth.objects.filter(month__gte=since).values_list("month", flat=True))
    for row in CohortMonth.objects.filter(first_month__gte=since):
        found[row.first_month][row.month] = row.buyers
    if since <= until:
        for step in Period(since, until).steps(Grain.MONTH):
            if step.first not in closed:
                for first, buyers in compute_cohorts(whole_month(step.first)).items():
                    found[first][step.first] = buyers
    return found


def make_cohort(first: date, buyers: dict[date, int]) -> tuple:
    again = {count_months(first, month): count for month, count in buyers.items()}
    shares = (average(Decimal(100 * again.get(after, 0)), again[0]) for after in range(1, MONTHS + 1))
    return (date_format(first, "F Y"), again[0], *(share or None for share in shares))


def count_months(first: date, month: date) -> int:
    return (month.year - first.year) * 12 + month.month - first.month


def cohort_columns() -> tuple[Column, ...]:
    later = (
        Column(
            f"after_{n}",
            _("+%(n)s months") % {"n": n},
            Kind.PERCENT,
            _("Of these buyers, how many bought again so many months after.") if n == 1 else "",
        )
        for n in range(1, MONTHS + 1)
    )
    return (
        Column("month", _("First bought in"), Kind.TEXT),
        Column(
            "buyers", _("Buyers"), definition=_("Email addresses whose first paid order was in that month.")
        ),
        *later,
    )
