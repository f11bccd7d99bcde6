import pytest

from simulators.razorpay.money import format_amount


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (100, "INR", "₹1.00"),
        (99999, "INR", "₹999.99"),
        (100000, "INR", "₹1,000.00"),
        (12345600, "INR", "₹1,23,456.00"),
        (1234567890, "INR", "₹1,23,45,678.90"),
        (12345600, "USD", "$123,456.00"),
        (5, "AED", "AED 0.05"),
    ],
)
def test_format_amount(amount: int, currency: str, text: str) -> None:
    assert format_amount(amount, currency) == text
