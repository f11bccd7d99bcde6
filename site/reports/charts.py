"""Bar charts as SVG, drawn on the server: no script, readable without colour, the table stands beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.tables import Kind, Table
from shop.templatetags.money import money

WIDTH, HEIGHT = 960, 280
LEFT, RIGHT, TOP, BOTTOM = 84, 12, 16, 40
GAP = 0.25  # of a step, between its bars and the next
MOST_LABELS = 8


@dataclass(frozen=True)
class Bar:
    """A rectangle in the chart's own units; `title` is what a pointer or a reader is told."""

    x: float
    y: float
    width: float
    height: float
    series: int
    title: str


@dataclass(frozen=True)
class Tick:
    position: float
    label: str


@dataclass(frozen=True)
class Chart:
    bars: tuple[Bar, ...]
    labels: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    legend: tuple[str, ...]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM
    left: int = LEFT


def draw_chart(table: Table) -> Chart | None:
    """The table's chart columns over its first one, or None where there is nothing to see."""
    if not table.chart or not table.rows:
        return None
    columns = [column for column in table.columns if column.name in table.chart]
    series = [[Decimal(value or 0) for value in table.column(column.name)] for column in columns]
    highest = max(max(values) for values in series)
    if highest <= 0:
        return None
    ceiling = round_up(highest)
    kind = columns[0].kind
    names = [str(row[0]) for row in table.rows]
    return Chart(
        bars=tuple(place_bars(series, names, [str(column.label) for column in columns], ceiling, kind)),
        labels=tuple(place_labels(names)),
        ticks=tuple(place_ticks(ceiling, kind)),
        legend=tuple(str(column.label) for column in columns) if len(columns) > 1 else (),
    )


def round_up(highest: Decimal) -> Decimal:
    """The next of 1, 2, 4, 5 or 10 times a power of ten: quarters of it are round numbers too."""
    power = Decimal(10) ** highest.adjusted()
    return next(power * step for step in (1, 2, 4, 5, 10) if power * step >= highest)


def place_bars(series, names: Sequence[str], labels: Sequence[str], ceiling: Decimal, kind: Kind):
    step = (WIDTH - LEFT - RIGHT) / len(names)
    width = step * (1 - GAP) / len(series)
    for number, values in enumerate(series):
        for position, value in enumerate(values):
            height = float(max(value, Decimal(0)) / ceiling) * (HEIGHT - TOP - BOTTOM)
            yield Bar(
                x=round(LEFT + position * step + step * GAP / 2 + number * width, 2),
                y=round(HEIGHT - BOTTOM - height, 2),
                width=round(width, 2),
                height=round(height, 2),
                series=number,
                title=f"{names[position]}: {labels[number]} {say(value, kind)}",
            )


def place_labels(names: Sequence[str]):
    step = (WIDTH - LEFT - RIGHT) / len(names)
    every = -(-len(names) // MOST_LABELS)
    for position in range(0, len(names), every):
        yield Tick(position=round(LEFT + (position + 0.5) * step, 2), label=names[position])


def place_ticks(ceiling: Decimal, kind: Kind):
    for quarter in range(5):
        value = ceiling * quarter / 4
        y = HEIGHT - BOTTOM - quarter / 4 * (HEIGHT - TOP - BOTTOM)
        yield Tick(position=round(y, 2), label=say(value, kind))


def say(value: Decimal, kind: Kind) -> str:
    return money(value) if kind == Kind.MONEY else f"{value.normalize():,f}"
