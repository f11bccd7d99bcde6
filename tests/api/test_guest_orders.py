import pytest

from checkout.models import Cart, Order
from notifications.models import OutgoingEmail
from tests.api.wire import ENCODINGS, REQUIRED, field_body, missing_body, refused_method
from tests.factories.carts import make_cart, make_full_cart
from tests.factories.orders import make_cancelled_order, make_order

pytestmark = pytest.mark.django_db

ORDERS = "/store/guest-orders/"
NO_ORDER = (404, missing_body("Order"))
CONTACT = {
    "email": "guest@example.com",
    "address": {
        "name": "Ravi Rao",
        "phone": "+919876543210",
        "line1": "12 MG Road",
        "city": "Bengaluru",
        "state": "KA",
        "postal_code": "560038",
    },
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_place_guest_order(guest, encoding):
    answer = guest.post(ORDERS, {"cart_id": str(make_full_cart().pk), **CONTACT}, encoding)
    order = Order.objects.get()
    assert answer.status == 200
    assert list(answer.body) == ["id", "customer", "placed_at", "payment_status", "items", "token"]
    assert (answer.body["id"], answer.body["customer"], answer.body["payment_status"]) == (
        order.pk,
        None,
        "P",
    )
    assert (order.email, order.name, order.phone) == ("guest@example.com", "Ravi Rao", "+919876543210")


def test_guest_order_token_is_mailed(guest):
    token = guest.post(ORDERS, {"cart_id": str(make_full_cart().pk), **CONTACT}).body["token"]
    email = OutgoingEmail.objects.get()
    assert (email.to, f"/order/{token}/" in email.text) == ("guest@example.com", True)


def test_read_guest_order(guest, stranger):
    placed = guest.post(ORDERS, {"cart_id": str(make_full_cart().pk), **CONTACT}).body
    token = placed.pop("token")
    for reader in (guest, stranger):
        assert reader.get(f"{ORDERS}{token}/").told == (200, placed)


@pytest.mark.parametrize("token", ["x", "a.b", "%00", "%F0%9F%AA%94.x", "." * 50, "x" * 3000])
def test_read_guest_order_by_a_guess(guest, token):
    make_order()
    assert guest.get(f"{ORDERS}{token}/").told == NO_ORDER


def test_guest_order_token_is_not_the_stored_key(guest):
    order = make_order()
    assert guest.get(f"{ORDERS}{order.guest_key}/").told == NO_ORDER


def test_read_guest_order_that_is_hidden(guest, staff):
    token = guest.post(ORDERS, {"cart_id": str(make_full_cart().pk), **CONTACT}).body["token"]
    staff.delete(f"/store/orders/{Order.objects.get().pk}/")
    assert guest.get(f"{ORDERS}{token}/").told == NO_ORDER


def test_guest_order_needs_email_and_address(guest):
    fields = {"cart_id": REQUIRED, "address": REQUIRED, "email": REQUIRED}
    answer = guest.post(ORDERS, {})
    assert (answer.status, answer.body["details"]) == (400, fields)
    assert answer.body["error"] == REQUIRED[0]


def test_guest_order_of_a_customers_cart(guest, customer):
    cart = make_full_cart(customer=customer)
    answer = guest.post(ORDERS, {"cart_id": str(cart.pk), **CONTACT})
    assert answer.told == (400, field_body(cart_id=["No cart with the given ID was found"]))


def test_guest_order_of_an_empty_cart(guest):
    answer = guest.post(ORDERS, {"cart_id": str(make_cart().pk), **CONTACT})
    assert answer.told == (400, field_body(cart_id=["The cart is empty"]))


def test_guest_order_twice(guest):
    body = {"cart_id": str(make_full_cart().pk), **CONTACT}
    assert (guest.post(ORDERS, body).status, guest.post(ORDERS, body).status) == (200, 400)


def test_guest_order_with_too_many_unpaid(guest, settings):
    settings.ORDER_UNPAID_LIMIT_GUEST = 1
    make_order(email="guest@example.com")
    answer = guest.post(ORDERS, {"cart_id": str(make_full_cart().pk), **CONTACT})
    assert (answer.status, answer.body["code"], Cart.objects.count()) == (429, "too_many_unpaid", 1)


def test_guest_order_counts_only_unpaid_ones(guest, settings):
    settings.ORDER_UNPAID_LIMIT_GUEST = 1
    make_cancelled_order(email="guest@example.com")
    assert guest.post(ORDERS, {"cart_id": str(make_full_cart().pk), **CONTACT}).status == 200


def test_guest_order_methods_that_are_none(guest):
    assert guest.get(ORDERS).told == refused_method("GET")
    assert guest.delete(f"{ORDERS}x/").told == refused_method("DELETE")
