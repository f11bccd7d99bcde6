"""Who buys: for the first time, or again. A buyer is an email address, with an account or as a guest."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Min, QuerySet
from django.db.models.functions import Lower
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from checkout.models import Order
from reports.enums import Grain
from reports.figures.sales import average, name_step
from reports.periods import find_day, start_of_step
from reports.questions import Question
from reports.tables import Column, Kind, Table

ZERO = Decimal("0.00")
MONTHS = 12


@dataclass
class Buyers:
    new: int = 0
    new_total: Decimal = ZERO
    returning: int = 0
    returning_total: Decimal = ZERO

    def add(self, total: Decimal, *, is_first: bool) -> None:
        if is_first:
            self.new, self.new_total = self.new + 1, self.new_total + total
        else:
            self.returning, self.returning_total = self.returning + 1, self.returning_total + total


def report_customers(question: Question) -> Table:
    """Orders and money of new and returning buyers per step."""
    firsts = find_first_orders()
    steps = question.period.steps(question.grain)
    starts = {day: step for step in steps for day in step.days()}
    found = {step: Buyers() for step in steps}
    whole = Buyers()
    for pk, paid_at, total in paid_orders(question).values_list("pk", "paid_at", "total"):
        for buyers in (found[starts[find_day(paid_at)]], whole):
            buyers.add(total, is_first=pk in firsts)
    rows = [make_row(name_step(step, question.grain), buyers) for step, buyers in found.items()]
    total = make_row(_("Whole period"), whole)
    return Table(columns=list_columns(), rows=rows, total=total, chart=("new", "returning"))


def make_row(label: str, buyers: Buyers) -> tuple:
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


def paid_orders(question: Question) -> QuerySet:
    period = question.period
    orders = Order.objects.filter(paid_at__gte=period.begins_at, paid_at__lt=period.ends_at).order_by()
    state = question.filters.state
    return orders if state is None else orders.filter(place_of_supply=state)


def find_first_orders() -> set[int]:
    """The first paid order of each email address."""
    paid = Order.objects.exclude(paid_at=None).order_by()
    return set(
        paid.annotate(buyer=Lower("email"))
        .values("buyer")
        .annotate(pk=Min("pk"))
        .values_list("pk", flat=True)
    )


def report_cohorts(question: Question) -> Table:
    """Of those who first bought in a month, how many bought again in each month after."""
    months: dict[str, set[date]] = defaultdict(set)
    paid = Order.objects.exclude(paid_at=None).order_by()
    for email, paid_at in paid.annotate(buyer=Lower("email")).values_list("buyer", "paid_at"):
        months[email].add(start_of_step(find_day(paid_at), Grain.MONTH))
    sizes: Counter[date] = Counter()
    again: Counter[tuple[date, int]] = Counter()
    for active in months.values():
        first = min(active)
        sizes[first] += 1
        again.update((first, count_months(first, month)) for month in active)
    wanted = [step.first.replace(day=1) for step in question.period.steps(Grain.MONTH)]
    rows = [make_cohort(first, sizes[first], again) for first in wanted if sizes[first]]
    return Table(columns=cohort_columns(), rows=rows)


def make_cohort(first: date, size: int, again: Counter) -> tuple:
    shares = (average(Decimal(100 * again[first, after]), size) for after in range(1, MONTHS + 1))
    return (date_format(first, "F Y"), size, *(share or None for share in shares))


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
