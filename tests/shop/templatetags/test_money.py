"""The `money` filter of shop.templatetags."""

from decimal import Decimal

import pytest

from shop.templatetags.money import money, saving


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


@pytest.mark.parametrize(
    ("price", "old_price", "said"),
    [
        ("80.00", "100.00", "−20 %"),
        ("66.67", "100.00", "−33 %"),
        ("99.01", "100.00", ""),
        ("99.00", "100.00", "−1 %"),
        ("1.10", "109999.99", "−99 %"),
    ],
)
def test_saving_is_never_overstated(price, old_price, said):
    assert saving(Decimal(price), Decimal(old_price)) == said
