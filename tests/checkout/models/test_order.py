import pytest

from checkout.enums import OrderStatus
from checkout.models import Order, OrderItem


@pytest.mark.parametrize(
    ("status", "is_paid", "payment_status"),
    [
        ("placed", False, "P"),
        ("paid", True, "C"),
        ("fulfilled", True, "C"),
        ("completed", True, "C"),
        ("expired", False, "F"),
        ("cancelled", False, "F"),
    ],
)
def test_payment_status_derives_from_the_status(status, is_paid, payment_status):
    order = Order(status=OrderStatus(status))
    assert (order.is_paid, order.payment_status) == (is_paid, payment_status)


def test_order_is_called_by_its_number():
    assert (Order(pk=42).number, str(Order(pk=42))) == ("42", "#42")
    assert str(OrderItem(quantity=3, title="Lamp")) == "3 × Lamp"


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (
            {
                "line1": "12 MG Road",
                "line2": "Indiranagar",
                "city": "Bengaluru",
                "postal_code": "560038",
                "state": "KA",
            },
            ["12 MG Road", "Indiranagar", "Bengaluru 560038", "Karnataka"],
        ),
        ({"line1": "12 MG Road", "city": "Bengaluru"}, ["12 MG Road", "Bengaluru"]),
        ({"postal_code": "560038"}, ["560038"]),
        ({}, []),
    ],
)
def test_address_is_printed_without_empty_lines(address, lines):
    assert Order(**address).address_lines == lines
