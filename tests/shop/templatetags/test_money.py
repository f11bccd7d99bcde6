"""The `money` filter of shop.templatetags."""

from decimal import Decimal

import pytest

from shop.templatetags.money import money


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "₹0"),
        ("0.50", "₹0.50"),
        ("999.00", "₹999"),
        ("1000.00", "₹1,000"),
        ("123456.50", "₹1,23,456.50"),
        ("12345678.00", "₹1,23,45,678"),
        ("-450.25", "-₹450.25"),
    ],
)
def test_money_reads_as_in_india(amount, shown):
    assert money(Decimal(amount)) == shown
