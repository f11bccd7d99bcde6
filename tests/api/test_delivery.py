"""Delivery and cash on delivery over the API."""

import pytest

from checkout.models import Order
from tests.api.wire import field_body
from tests.factories.carts import make_full_cart
from tests.factories.orders import make_cash_order
from tests.factories.shipping import make_method, make_rate, make_zone

pytestmark = pytest.mark.django_db

ADDRESS = {
    "name": "Asha Rao",
    "line1": "12 MG Road",
    "city": "Bengaluru",
    "state": "KA",
    "postal_code": "560038",
}


@pytest.fixture
def rates():
    zone = make_zone(cash=True, cash_fee="30.00", cash_cap="5000.00")
    make_rate(zone=zone, method=make_method(name="Standard"), charge="49.00")
    make_rate(zone=zone, method=make_method(name="Express", position=1), charge="149.00")


def body(**fields) -> dict:
    return {"cart_id": str(make_full_cart().pk), "address": ADDRESS, **fields}


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({}, ("Standard", "online", 49, 0)),
        ({"delivery": ""}, ("Standard", "online", 49, 0)),
        ({"delivery": "express", "payment_method": "online"}, ("Express", "online", 149, 0)),
        ({"payment_method": "cod"}, ("Standard", "cod", 79, 30)),
    ],
)
def test_order_chooses_its_delivery_and_its_way_of_paying(shopper, rates, wishes, expected):
    assert shopper.post("/store/orders/", body(**wishes)).status == 200
    order = Order.objects.get()
    assert (order.shipping_method, order.payment_method, order.shipping, order.surcharge) == expected


@pytest.mark.parametrize(
    ("wishes", "problem"),
    [
        (
            {"delivery": "drone"},
            {"delivery": ["This way of delivery is not offered for your address. Please choose another."]},
        ),
        ({"payment_method": "barter"}, {"payment_method": ['"barter" is not a valid choice.']}),
        (
            {"address": {**ADDRESS, "state": "AN", "postal_code": "744102"}},
            {"address": ["We do not deliver to PIN code 744102. Please choose another address."]},
        ),
    ],
)
def test_order_that_cannot_be_delivered_so_is_refused(shopper, rates, wishes, problem):
    make_zone(pins=[(744101, 744304)], delivers=False)
    assert shopper.post("/store/orders/", body(**wishes)).told == (400, field_body(**problem))
    assert Order.objects.count() == 0


def test_cash_without_an_address_is_refused(shopper, rates):
    answer = shopper.post("/store/orders/", {"cart_id": str(make_full_cart().pk), "payment_method": "cod"})
    sentence = "Cash on delivery is not offered for this address. Please pay online."
    assert answer.told == (400, field_body(payment_method=[sentence]))


def test_order_without_an_address_costs_no_delivery(shopper, rates):
    assert shopper.post("/store/orders/", {"cart_id": str(make_full_cart().pk)}).status == 200
    assert (Order.objects.get().shipping, Order.objects.get().shipping_method) == (0, "")


def test_guest_orders_in_cash(guest, rates):
    answer = guest.post("/store/guest-orders/", body(email="asha@example.com", payment_method="cod"))
    assert (answer.status, answer.body["payment_status"]) == (200, "P")
    order = Order.objects.get()
    assert (order.payment_method, order.total) == ("cod", 189)


def test_cash_order_opens_no_payment(shopper, customer):
    order = make_cash_order(customer=customer)
    answer = shopper.post("/payments/create-payment-intent/", {"order_id": order.pk})
    assert answer.told == (400, field_body(order_id=[f"Order #{order.pk} is paid in cash on delivery."]))


def test_staff_complete_a_cash_order(staff):
    order = make_cash_order()
    answer = staff.patch(f"/store/orders/{order.pk}/", {"payment_status": "C"})
    assert answer.told == (200, {"payment_status": "C"})
    assert order.payments.get().method == "cash"
