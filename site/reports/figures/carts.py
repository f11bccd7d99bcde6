"""What became of carts. A cart that was ordered is gone: its order stands for it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Sum
from django.utils.translation import gettext as _

from checkout.models import Cart, CartItem
from reports.figures.sales import average, name_step
from reports.periods import find_day
from reports.questions import Question
from reports.reading import Reader
from reports.tables import Column, Kind, Table

ABANDONED_AFTER = timedelta(hours=24)
ZERO = Decimal("0.00")


@dataclass
class Carts:
    ordered: int = 0
    paid: int = 0
    left: int = 0
    left_value: Decimal = ZERO

    def add(self, other: "Carts") -> None:
        self.ordered += other.ordered
        self.paid += other.paid
        self.left += other.left
        self.left_value += other.left_value


def report_carts(question: Question) -> Table:
    """Carts that were ordered, paid, and left behind, per step."""
    by_day = count_carts(question)
    rows, whole = [], Carts()
    for step in question.period.steps(question.grain):
        carts = Carts()
        for day in step.days():
            carts.add(by_day[day])
        whole.add(carts)
        rows.append(make_row(name_step(step, question.grain), carts))
    return Table(
        columns=list_columns(), rows=rows, total=make_row(_("Whole period"), whole), chart=("ordered", "left")
    )


def count_carts(question: Question) -> dict:
    found: dict = defaultdict(Carts)
    for row in Reader(question).carts():
        found[row.day].ordered, found[row.day].paid = row.ordered, row.paid
    for updated_at, value in abandoned_carts(question):
        found[find_day(updated_at)].left += 1
        found[find_day(updated_at)].left_value += value
    return found


def abandoned_carts(question: Question):
    """When each cart that still has something in it was last used, and what that is worth before tax."""
    end = min(question.period.ends_at, question.now - ABANDONED_AFTER)
    has_items = Exists(CartItem.objects.filter(cart=OuterRef("pk")))
    carts = Cart.objects.filter(has_items, updated_at__gte=question.period.begins_at, updated_at__lt=end)
    value = Sum(F("items__quantity") * F("items__product__unit_price"))
    return carts.order_by().annotate(value=value).values_list("updated_at", "value")


def make_row(label: str, carts: Carts) -> tuple:
    whole = carts.ordered + carts.left
    conversion = average(Decimal(100 * carts.paid), whole)
    return (label, whole, carts.ordered, carts.paid, conversion, carts.left, carts.left_value)


def list_columns() -> tuple[Column, ...]:
    return (
        Column("step", _("Period"), Kind.TEXT),
        Column("carts", _("Carts"), definition=_("Carts that were ordered or left behind.")),
        Column("ordered", _("Ordered"), definition=_("Carts that became an order.")),
        Column("paid", _("Paid"), definition=_("Of these, orders that are paid.")),
        Column("conversion", _("Conversion"), Kind.PERCENT, _("Paid orders of all carts.")),
        Column("left", _("Left behind"), definition=_("Carts with goods in them, not used for a day.")),
        Column("left_value", _("Worth"), Kind.MONEY, _("What lies in them at today's prices, before tax.")),
    )
