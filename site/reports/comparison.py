"""A report's totals against those of the period before."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reports.tables import Column, Kind, Table, Value


@dataclass(frozen=True)
class Compared:
    """A total then and now; `change` in percent, None where there was nothing before."""

    column: Column
    now: Value
    before: Value
    change: Decimal | None


def compare(table: Table, earlier: Table) -> list[Compared]:
    """The totals of two tables of one report, column by column."""
    found = []
    for column in table.columns:
        now, before = table.find_total(column.name), earlier.find_total(column.name)
        if column.kind != Kind.TEXT and now is not None:
            found.append(Compared(column=column, now=now, before=before, change=find_change(now, before)))
    return found


def find_change(now: Value, before: Value) -> Decimal | None:
    if not before:
        return None
    share = 100 * (Decimal(now) - Decimal(before)) / Decimal(before)
    return share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
