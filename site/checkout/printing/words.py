"""Amounts, rates and days as Indian readers expect them."""

from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal
from num2words import num2words

PAISE_PER_RUPEE = 100


def write_amount(amount: Decimal) -> str:
    """1,23,456.50: always with paise, so that columns align."""
    return format_decimal(amount, format="#,##,##0.00", locale="en_IN")


def write_rupees(amount: Decimal) -> str:
    return f"₹{write_amount(amount)}"


def write_rate(rate: Decimal) -> str:
    """18%, or 2.5%."""
    return f"{rate.normalize():f}%"


def write_day(day: date) -> str:
    return format_date(day, "d MMM yyyy", locale="en_IN")


def spell_amount(amount: Decimal) -> str:
    """Rupees one lakh, two thousand and five and fifty paise only."""
    paise = int(amount * PAISE_PER_RUPEE)
    rupees, rest = divmod(paise, PAISE_PER_RUPEE)
    words = f"Rupees {num2words(rupees, lang='en_IN')}"
    if rest:
        words += f" and {num2words(rest, lang='en_IN')} paise"
    return f"{words} only"
