"""What a report answers with: columns that say what they mean, and rows."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

Value = str | int | Decimal | date | None


class Kind(Enum):
    """How a column's values are shown and written to files."""

    TEXT = "text"
    WHOLE = "whole"
    MONEY = "money"
    PERCENT = "percent"
    DECIMAL = "decimal"


@dataclass(frozen=True)
class Column:
    """`definition` is the sentence that readers see beside the figure."""

    name: str
    label: str
    kind: Kind = Kind.WHOLE
    definition: str = ""


@dataclass(frozen=True)
class Table:
    """`total` is a row under all others; `chart` names the columns that are drawn over the first one."""

    columns: tuple[Column, ...]
    rows: list[tuple[Value, ...]]
    total: tuple[Value, ...] | None = None
    chart: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)

    def column(self, name: str) -> list[Value]:
        position = [column.name for column in self.columns].index(name)
        return [row[position] for row in self.rows]

    def find_total(self, name: str) -> Value:
        position = [column.name for column in self.columns].index(name)
        return self.total[position] if self.total else None
