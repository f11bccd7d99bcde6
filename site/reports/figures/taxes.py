"""Tax by rate and state, as a GST return asks for it."""

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.enums import IndianState
from reports.questions import Question
from reports.reading import Reader
from reports.tables import Column, Kind, Table

PARTS = ("taxable", "cgst", "sgst", "igst")
ZERO = Decimal("0.00")


def report_taxes(question: Question) -> Table:
    sums: dict[tuple[str, Decimal], dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(PARTS, ZERO))
    whole = dict.fromkeys(PARTS, ZERO)
    for row in Reader(question).taxes():
        for part in PARTS:
            sums[row.state, row.rate][part] += getattr(row, part)
            whole[part] += getattr(row, part)
    rows = [
        (name_state(state), rate, *figures_of(parts))
        for (state, rate), parts in sorted(
            sums.items(), key=lambda entry: (name_state(entry[0][0]), entry[0][1])
        )
    ]
    return Table(columns=list_columns(), rows=rows, total=(_("All"), None, *figures_of(whole)))


def figures_of(parts: dict[str, Decimal]) -> tuple[Decimal, ...]:
    return (*(parts[name] for name in PARTS), parts["cgst"] + parts["sgst"] + parts["igst"])


def name_state(state: str) -> str:
    return str(IndianState(state).label) if state else _("Handed over at the shop")


def list_columns() -> tuple[Column, ...]:
    money = Kind.MONEY
    return (
        Column("state", _("Place of supply"), Kind.TEXT, _("The state the goods went to.")),
        Column("rate", _("Rate"), Kind.PERCENT, _("Delivery counts with the highest rate of its order.")),
        Column("taxable", _("Taxable value"), money, _("Goods and delivery after discounts, before tax.")),
        Column("cgst", _("CGST"), money),
        Column("sgst", _("SGST"), money),
        Column("igst", _("IGST"), money),
        Column("tax", _("Tax"), money, _("CGST, SGST and IGST together.")),
    )
