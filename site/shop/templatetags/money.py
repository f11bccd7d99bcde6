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
