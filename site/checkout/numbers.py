"""Numbers of invoices and credit notes: letters, financial year and a running number, 16 characters at most."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

INDIA = ZoneInfo("Asia/Kolkata")
FIRST_MONTH = 4  # the financial year runs from 1 April to 31 March
LONGEST_NUMBER = 16  # CGST Rules, rule 46 (b)
DIGITS = 6


class NumbersUsedUp(Exception):
    """A series has no number left that fits."""


def find_day(at: datetime) -> date:
    """The day in India, wherever the server stands."""
    return at.astimezone(INDIA).date()


def find_financial_year(at: datetime) -> int:
    """The year in whose April the financial year of a moment began."""
    day = find_day(at)
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def name_financial_year(year: int) -> str:
    """2026 → 2026-27."""
    return f"{year}-{(year + 1) % 100:02d}"


def format_number(*, prefix: str, financial_year: int, sequence: int) -> str:
    """INV, 2026, 42 → INV/2627/000042. Raises `NumbersUsedUp`."""
    years = f"{financial_year % 100:02d}{(financial_year + 1) % 100:02d}"
    number = f"{prefix}/{years}/{sequence:0{DIGITS}d}"
    if len(number) > LONGEST_NUMBER:
        raise NumbersUsedUp(f"{number} has more than {LONGEST_NUMBER} characters: choose other letters.")
    return number
