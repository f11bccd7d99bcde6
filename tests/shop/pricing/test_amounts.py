from decimal import Decimal

import pytest

from shop.pricing.amounts import round_to_paisa


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        ("1.005", "1.01"),
        ("1.004", "1.00"),
        ("1.015", "1.02"),
        ("2.5", "2.50"),
        ("0.0049", "0.00"),
        ("7", "7.00"),
    ],
)
def test_rounding_is_half_up_to_the_paisa(amount, rounded):
    assert str(round_to_paisa(Decimal(amount))) == rounded
