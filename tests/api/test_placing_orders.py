"""A cart becomes an order, signed in."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from checkout.models import Cart, Order
from checkout.services import orders
from checkout.services.carts import CartNotFound
from shop.models import Product
from tests.api.wire import ENCODINGS, REQUIRED, UNAUTHENTICATED, detail_body, field_body, sign_in
from tests.factories.carts import make_cart, make_full_cart
from tests.factories.catalogue import make_item, warm_settings
from tests.factories.coupons import make_coupon
from tests.factories.orders import make_buyer, make_order
from tests.factories.users import make_customer, make_user

pytestmark = pytest.mark.django_db

ORDERS = "/store/orders/"
NO_CART = (400, field_body(cart_id=["No cart with the given ID was found"]))
ADDRESS = {
    "name": "Asha Rao",
    "line1": "12 MG Road",
    "city": "Bengaluru",
    "state": "KA",
    "postal_code": "560038",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_place_order(shopper, customer, encoding):
    product = make_item(title="Lamp", unit_price="10.00", inventory=5)
    cart = make_cart((product, 2))
    answer = shopper.post(ORDERS, {"cart_id": str(cart.pk)}, encoding)
    order = Order.objects.get()
    assert answer.told == (
        200,
        {
            "id": order.pk,
            "customer": customer.pk,
            "placed_at": order.placed_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "payment_status": "P",
            "items": [
                {
                    "id": order.items.get().pk,
                    "product": {"id": product.pk, "title": "Lamp", "unit_price": 10},
                    "unit_price": 10,
                    "quantity": 2,
                }
            ],
        },
    )
    product.refresh_from_db()
    assert (product.inventory, Cart.objects.count()) == (3, 0)


def test_place_order_takes_contact_from_the_customer(shopper):
    shopper.post(ORDERS, {"cart_id": str(make_full_cart().pk)})
    order = Order.objects.get()
    assert (order.name, order.email, order.phone) == ("Asha Rao", "asha@example.com", "+919876543210")
    assert (order.line1, order.guest_key) == ("", None)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_place_order_with_address(shopper, encoding):
    body = {
        "cart_id": str(make_full_cart().pk),
        "address": {**ADDRESS, "name": "Ravi Rao", "line2": "Indiranagar", "phone": "+919000090000"},
        "email": "ravi@example.com",
        "note": "Ring twice",
    }
    assert shopper.post(ORDERS, body, encoding).status == 200
    order = Order.objects.get()
    assert (order.name, order.email, order.phone) == ("Ravi Rao", "ravi@example.com", "+919000090000")
    assert (
        order.line1,
        order.line2,
        order.city,
        order.state,
        order.postal_code,
        order.country,
        order.note,
    ) == (
        "12 MG Road",
        "Indiranagar",
        "Bengaluru",
        "KA",
        "560038",
        "IN",
        "Ring twice",
    )


def test_place_order_phone_beside_the_address_wins(shopper):
    body = {
        "cart_id": str(make_full_cart().pk),
        "address": {**ADDRESS, "phone": "+919000090000"},
        "phone": "+918888888888",
    }
    shopper.post(ORDERS, body)
    assert Order.objects.get().phone == "+918888888888"


def test_place_order_ignores_what_clients_may_not_set(shopper, customer):
    other = make_customer()
    body = {
        "cart_id": str(make_full_cart(unit_price="10.00").pk),
        "customer": other.pk,
        "payment_status": "C",
        "status": "paid",
        "total": 1,
        "unit_price": 1,
        "placed_at": "2001-01-01T00:00:00Z",
        "discount": 5,
    }
    answer = shopper.post(ORDERS, body)
    order = Order.objects.get()
    assert (answer.body["customer"], answer.body["payment_status"], order.total) == (customer.pk, "P", 11)
    assert order.placed_at > timezone.now() - timedelta(minutes=1)


def test_place_order_of_own_cart(shopper, customer):
    cart = make_full_cart(customer=customer)
    assert shopper.post(ORDERS, {"cart_id": str(cart.pk)}).status == 200


def test_place_order_of_anothers_cart(stranger, customer):
    cart = make_full_cart(customer=customer)
    assert stranger.post(ORDERS, {"cart_id": str(cart.pk)}).told == NO_CART
    assert Order.objects.count() == 0


def test_place_order_by_a_user_without_a_profile(db):
    user = make_user(first_name="A" * 150, last_name="B" * 150)
    cart = make_full_cart()
    assert sign_in(user).post(ORDERS, {"cart_id": str(cart.pk)}).status == 200
    assert Order.objects.get().name == "A" * 150


def test_place_order_anonymous(guest):
    assert guest.post(ORDERS, {"cart_id": str(make_cart().pk)}).told == UNAUTHENTICATED


def test_place_order_of_a_missing_cart(shopper):
    assert shopper.post(ORDERS, {"cart_id": str(uuid.uuid4())}).told == NO_CART


def test_place_order_of_an_empty_cart(shopper):
    answer = shopper.post(ORDERS, {"cart_id": str(make_cart().pk)})
    assert answer.told == (400, field_body(cart_id=["The cart is empty"]))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, REQUIRED[0]),
        ({"cart_id": None}, "This field may not be null."),
        ({"cart_id": ""}, "Must be a valid UUID."),
        ({"cart_id": "abc"}, "Must be a valid UUID."),
        ({"cart_id": 10**50}, "Must be a valid UUID."),
        ({"cart_id": -1}, "Must be a valid UUID."),
        ({"cart_id": 1e308}, "Must be a valid UUID."),
        ({"cart_id": ["abc"]}, "Must be a valid UUID."),
        ({"cart_id": {}}, "Must be a valid UUID."),
    ],
)
def test_place_order_bad_cart_id(shopper, body, message):
    assert shopper.post(ORDERS, body).told == (400, field_body(cart_id=[message]))


PHONE = "Enter a phone number with 7 to 15 digits, for example +91 98765 43210."


@pytest.mark.parametrize(
    ("extra", "fields"),
    [
        ({"email": "asha"}, {"email": ["Enter a valid email address."]}),
        (
            {"email": "a" * 243 + "@example.com"},
            {"email": ["Ensure this field has no more than 254 characters."]},
        ),
        ({"phone": "call me"}, {"phone": [PHONE]}),
        ({"note": "x" * 501}, {"note": ["Ensure this field has no more than 500 characters."]}),
        (
            {"address": []},
            {"address": {"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]}},
        ),
        ({"address": {**ADDRESS, "state": "XX"}}, {"address": {"state": ['"XX" is not a valid choice.']}}),
        (
            {"address": {**ADDRESS, "state": "\ud800"}},
            {"address": {"state": ['"\ud800" is not a valid choice.']}},
        ),
        (
            {"address": {**ADDRESS, "postal_code": "012345"}},
            {"address": {"postal_code": ["Enter a PIN code of six digits, for example 560001."]}},
        ),
        (
            {"address": {**ADDRESS, "country": "US"}},
            {"address": {"country": ['"US" is not a valid choice.']}},
        ),
        (
            {"address": {}},
            {"address": dict.fromkeys(("name", "line1", "city", "state", "postal_code"), REQUIRED)},
        ),
    ],
)
def test_place_order_bad_contact(shopper, extra, fields):
    answer = shopper.post(ORDERS, {"cart_id": str(make_full_cart().pk), **extra})
    assert (answer.status, answer.body["details"], answer.body["code"]) == (400, fields, "invalid")
    assert isinstance(answer.body["error"], str)
    assert Order.objects.count() == 0


def test_place_order_out_of_stock(shopper):
    plenty, few, none = make_item(inventory=9), make_item(inventory=2), make_item(inventory=0)
    cart = make_cart((plenty, 1), (few, 3), (none, 1))
    answer = shopper.post(ORDERS, {"cart_id": str(cart.pk)})
    sentence = "Some products are not in stock in the quantity you asked for."
    assert answer.told == (
        409,
        {
            "detail": sentence,
            "error": sentence,
            "code": "out_of_stock",
            "details": {
                "items": [
                    {"product_id": few.pk, "requested": 3, "available": 2},
                    {"product_id": none.pk, "requested": 1, "available": 0},
                ]
            },
        },
    )
    assert list(Product.objects.order_by("pk").values_list("inventory", flat=True)) == [9, 2, 0]
    assert (Order.objects.count(), cart.items.count()) == (0, 3)


def test_place_order_unavailable(shopper):
    product = make_item()
    cart = make_cart((product, 1), (make_item(), 1))
    Product.objects.filter(pk=product.pk).update(is_live=False)
    answer = shopper.post(ORDERS, {"cart_id": str(cart.pk)})
    sentence = "Some products in the cart are no longer for sale."
    items = [{"product_id": product.pk}]
    assert answer.told == (409, detail_body(sentence, "unavailable", items=items))
    assert (Order.objects.count(), cart.items.count()) == (0, 2)


def test_place_order_with_too_many_unpaid(shopper, customer, settings):
    settings.ORDER_UNPAID_LIMIT = 1
    make_order(customer=customer)
    cart = make_full_cart()
    answer = shopper.post(ORDERS, {"cart_id": str(cart.pk)})
    sentence = "You have too many unpaid orders. Please pay or cancel one of them first."
    assert answer.told == (429, detail_body(sentence, "too_many_unpaid"))
    assert (answer.headers["Retry-After"], Cart.objects.count()) == ("60", 1)


def test_place_order_twice(shopper):
    cart = make_full_cart()
    assert shopper.post(ORDERS, {"cart_id": str(cart.pk)}).status == 200
    assert shopper.post(ORDERS, {"cart_id": str(cart.pk)}).told == NO_CART
    assert Order.objects.count() == 1


def test_place_order_that_loses_the_race_gets_the_same_order(shopper, stranger, customer, monkeypatch):
    """The other request of the same customer finishes while ours is under way."""
    cart = make_full_cart()
    make_for_real = orders.make_order

    def lose(*, buyer, **order):
        make_for_real(buyer=make_buyer(customer), **order)
        raise CartNotFound

    monkeypatch.setattr(orders, "make_order", lose)
    answer = shopper.post(ORDERS, {"cart_id": str(cart.pk)})
    assert (answer.status, answer.body["id"]) == (200, Order.objects.get().pk)
    monkeypatch.setattr(orders, "make_order", make_for_real)
    assert stranger.post(ORDERS, {"cart_id": str(cart.pk)}).told == NO_CART


def test_place_order_worth_more_than_can_be_written(shopper):
    product = make_item(unit_price="9999999999.99", inventory=5)
    cart = make_cart((product, 5))
    answer = shopper.post(ORDERS, {"cart_id": str(cart.pk)})
    sentence = "The order is worth more than we can sell at once. Please order less."
    assert answer.told == (400, field_body(cart_id=[sentence]))
    assert (Order.objects.count(), cart.items.count()) == (0, 1)


def test_place_order_that_comes_to_nothing_is_paid_at_once(shopper):
    make_coupon("GIFT", value="100")
    answer = shopper.post(ORDERS, {"cart_id": str(make_full_cart().pk), "coupon": "GIFT"})
    assert (answer.status, answer.body["payment_status"]) == (200, "C")
    intent = shopper.post("/payments/create-payment-intent/", {"order_id": answer.body["id"]})
    assert intent.told == (400, field_body(order_id=["Order is already paid"]))


def test_place_order_of_less_than_can_be_paid(shopper):
    make_coupon("ALMOST", kind="amount", value="109.50")
    answer = shopper.post(ORDERS, {"cart_id": str(make_full_cart().pk), "coupon": "ALMOST"})
    sentence = (
        "Your order comes to ₹0.50, and the smallest amount that can be paid is ₹1. "
        "Please add something to it, or order without the coupon."
    )
    assert answer.told == (409, detail_body(sentence, "total_too_small"))
    assert (Order.objects.count(), Cart.objects.count()) == (0, 1)


def test_place_order_queries(shopper, count_queries):
    cart = make_cart(*((make_item(inventory=5), 1) for _ in range(3)))
    warm_settings()
    with count_queries() as counted:
        shopper.post(ORDERS, {"cart_id": str(cart.pk)})
    # Twelve for the service, one for who asks, one for the items in the answer.
    assert len(counted) <= 14


def test_place_order_for_a_business(shopper):
    business = {"company": "Rao Stores", "gstin": "29aaach7409r1zx"}
    body = {"cart_id": str(make_full_cart().pk), "address": ADDRESS, **business}
    assert shopper.post(ORDERS, body).status == 200
    assert Order.objects.values_list("company", "gstin").get() == ("Rao Stores", "29AAACH7409R1ZX")


@pytest.mark.parametrize(
    ("business", "field", "sentence"),
    [
        ({"company": "Rao Stores"}, "gstin", "Enter the GSTIN of the business, or leave out its name."),
        (
            {"company": "Rao Stores", "gstin": "32AAACH7409R1ZA"},
            "gstin",
            "This GSTIN is of Kerala, but the address is in Karnataka.",
        ),
        (
            {"gstin": "29AAACH7409R1ZX"},
            "company",
            "Enter the name of the business, as its GST certificate has it.",
        ),
    ],
)
def test_place_order_refuses_a_business_that_cannot_be(shopper, business, field, sentence):
    body = {"cart_id": str(make_full_cart().pk), "address": ADDRESS, **business}
    assert shopper.post(ORDERS, body).told == (400, field_body(**{field: [sentence]}))
    assert Order.objects.count() == 0
