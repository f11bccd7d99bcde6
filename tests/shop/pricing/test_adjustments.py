from decimal import Decimal

import pytest

from shop.pricing.adjustments import AdjustmentKind, PriceAdjustment, Rounding


@pytest.mark.parametrize(
    ("kind", "value", "rounding", "price", "expected"),
    [
        ("percent", "-20", "paisa", "100.00", "80.00"),
        ("percent", "10", "paisa", "99.95", "109.95"),  # 109.945, half up
        ("percent", "-12.5", "whole", "100.00", "88.00"),
        ("percent", "5", "ninety_nine", "100.00", "104.99"),
        ("amount", "-30", "paisa", "100.00", "70.00"),
        ("amount", "0.50", "whole", "100.00", "101.00"),
        ("set", "249", "paisa", "100.00", "249.00"),
        ("keep", "0", "whole", "123.49", "123.00"),
        ("keep", "0", "whole", "123.50", "124.00"),
        ("keep", "0", "ninety_nine", "123.48", "122.99"),
        ("keep", "0", "ninety_nine", "123.49", "123.99"),
        ("keep", "0", "ninety_nine", "123.99", "123.99"),
        ("keep", "0", "ninety_nine", "1.20", "1.99"),
        ("amount", "-150", "paisa", "100.00", "-50.00"),
    ],
)
def test_new_price(kind, value, rounding, price, expected):
    adjustment = PriceAdjustment(AdjustmentKind(kind), Decimal(value), Rounding(rounding))
    assert adjustment.apply(Decimal(price)) == Decimal(expected)
