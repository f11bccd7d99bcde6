"""Figures as readers expect them."""

from decimal import Decimal

from babel.numbers import format_decimal
from django import template

from reports.tables import Column, Kind, Table, Value
from shop.templatetags.money import money

register = template.Library()


@register.filter
def as_figure(value: Value, kind: Kind) -> str:
    """A value of a column as text; nothing where there is none."""
    if value is None:
        return "–"
    if kind == Kind.MONEY:
        return money(Decimal(value))
    if kind == Kind.PERCENT:
        return f"{Decimal(value).normalize():f} %"
    return format_decimal(value, locale="en_IN") if isinstance(value, int | Decimal) else str(value)


@register.filter
def cells(row: tuple[Value, ...], table: Table) -> list[tuple[Value, Column]]:
    return list(zip(row, table.columns, strict=True))
