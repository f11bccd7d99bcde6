"""What was taken off, and by what."""

from collections import defaultdict

from django.utils.translation import gettext as _

from reports.enums import DiscountKind
from reports.questions import Question
from reports.reading import Reader
from reports.tables import Column, Kind, Table


def report_discounts(question: Question) -> Table:
    sums: dict[tuple[str, str], list] = defaultdict(lambda: [0, 0, 0])
    for row in Reader(question).discounts():
        found = sums[row.kind, row.name]
        found[0] += row.orders
        found[1] += row.units
        found[2] += row.amount
    rows = [
        (str(DiscountKind(kind).label), name, *figures)
        for (kind, name), figures in sorted(sums.items(), key=lambda entry: (-entry[1][2], entry[0]))
    ]
    return Table(columns=list_columns(), rows=rows)


def list_columns() -> tuple[Column, ...]:
    return (
        Column("kind", _("Kind"), Kind.TEXT),
        Column("name", _("Name or code"), Kind.TEXT),
        Column("orders", _("Orders"), definition=_("Orders that were paid and used it.")),
        Column("units", _("Units"), definition=_("Pieces it applied to.")),
        Column(
            "amount",
            _("Taken off"),
            Kind.MONEY,
            _("Sales before tax, coupons and memberships with tax, as the customer saw them."),
        ),
    )
