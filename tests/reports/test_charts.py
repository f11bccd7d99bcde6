from decimal import Decimal

import pytest

from reports.charts import draw_chart, round_up
from reports.tables import Column, Kind, Table


def make_table(*values: Decimal, chart: tuple[str, ...] = ("total",)) -> Table:
    columns = (Column("day", "Day", Kind.TEXT), Column("total", "Total", Kind.MONEY))
    return Table(columns=columns, rows=[(f"Day {n}", value) for n, value in enumerate(values)], chart=chart)


@pytest.mark.parametrize(
    ("highest", "ceiling"),
    [
        ("1", "1"),
        ("1.01", "2"),
        ("37", "40"),
        ("44", "50"),
        ("51", "100"),
        ("0.03", "0.04"),
        ("99999", "100000"),
    ],
)
def test_scale_ends_on_a_round_number(highest, ceiling):
    assert round_up(Decimal(highest)) == Decimal(ceiling)


def test_bars_are_as_high_as_their_values():
    chart = draw_chart(make_table(Decimal(50), Decimal(100), Decimal(0)))
    heights = [bar.height for bar in chart.bars]
    assert heights == [heights[1] / 2, 224.0, 0.0]
    assert all(bar.y + bar.height == chart.base for bar in chart.bars)
    assert chart.bars[1].title == "Day 1: Total ₹100"
    assert [tick.label for tick in chart.ticks] == ["₹0", "₹25", "₹50", "₹75", "₹100"]


def test_many_steps_are_not_all_named():
    chart = draw_chart(make_table(*[Decimal(1)] * 30))
    assert [label.label for label in chart.labels] == [f"Day {n}" for n in range(0, 30, 4)]


@pytest.mark.parametrize("table", [make_table(), make_table(Decimal(0)), make_table(Decimal(5), chart=())])
def test_nothing_to_draw_is_no_chart(table):
    assert draw_chart(table) is None
