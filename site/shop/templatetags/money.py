"""Amounts as Indian shoppers read them."""

from decimal import Decimal

from babel.numbers import format_currency
from django import template

register = template.Library()


@register.filter
def money(amount: Decimal) -> str:
    """₹1,23,456.50, and ₹1,23,456 where there are no paise."""
    pattern = "¤#,##,##0" if amount == amount.to_integral_value() else "¤#,##,##0.00"
    return format_currency(amount, "INR", format=pattern, locale="en_IN", currency_digits=False)


@register.filter
def saving(price: Decimal, old_price: Decimal) -> str:
    """−20 %, never more than it is; empty below one percent."""
    percent = int((old_price - price) * 100 / old_price)
    return f"−{percent} %" if percent else ""
