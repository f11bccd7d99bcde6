"""The one cart of a signed-in customer."""

import uuid

import pytest

from accounts.models import Customer
from checkout.models import Cart
from tests.api.wire import (
    ENCODINGS,
    REQUIRED,
    UNAUTHENTICATED,
    field_body,
    missing_body,
    refused_method,
    sign_in,
)
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db

NO_CART = (404, missing_body("Cart"))
MERGE = "/store/carts/mine/merge/"


def test_my_cart_is_made_once(shopper, customer):
    first = shopper.get("/store/carts/mine/")
    cart = Cart.objects.get()
    assert first.told == (200, {"id": str(cart.pk), "items": [], "total_price": 0})
    assert cart.customer == customer
    assert shopper.get("/store/carts/mine/").body == first.body


def test_my_cart_shows_its_lines(shopper, customer):
    make_cart((make_item(unit_price="5.00"), 3), customer=customer)
    answer = shopper.get("/store/carts/mine/")
    assert (len(answer.body["items"]), answer.body["total_price"]) == (1, 15)


def test_my_cart_of_a_user_without_a_profile(db):
    user = make_user()
    assert sign_in(user).get("/store/carts/mine/").status == 200
    assert Cart.objects.get().customer == Customer.objects.get(user=user)


def test_my_cart_anonymous(guest):
    assert guest.get("/store/carts/mine/").told == UNAUTHENTICATED
    assert guest.post(MERGE, {"cart_id": str(uuid.uuid4())}).told == UNAUTHENTICATED


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_merge_adds_up_and_consumes(shopper, customer, encoding):
    both, only = make_item(title="Both", unit_price="10.00"), make_item(title="Only", unit_price="1.00")
    mine = make_cart((both, 1), customer=customer)
    other = make_cart((both, 2), (only, 4))
    answer = shopper.post(MERGE, {"cart_id": str(other.pk)}, encoding)
    assert (answer.status, answer.body["id"], answer.body["total_price"]) == (200, str(mine.pk), 34)
    assert [(row["product"]["title"], row["quantity"]) for row in answer.body["items"]] == [
        ("Both", 3),
        ("Only", 4),
    ]
    assert shopper.get(f"/store/carts/{other.pk}/").told == NO_CART
    assert shopper.post(MERGE, {"cart_id": str(other.pk)}).told == NO_CART


def test_merge_into_a_cart_that_is_made_then(shopper, customer):
    other = make_cart((make_item(), 1))
    assert len(shopper.post(MERGE, {"cart_id": str(other.pk)}).body["items"]) == 1
    assert Cart.objects.get().customer == customer


def test_merge_a_cart_that_is_owned(shopper, stranger, customer):
    mine = make_cart(customer=customer)
    assert shopper.post(MERGE, {"cart_id": str(mine.pk)}).told == NO_CART
    assert stranger.post(MERGE, {"cart_id": str(mine.pk)}).told == NO_CART


def test_merge_a_missing_cart(shopper):
    assert shopper.post(MERGE, {"cart_id": str(uuid.uuid4())}).told == NO_CART


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, REQUIRED[0]),
        ({"cart_id": "abc"}, "Must be a valid UUID."),
        ({"cart_id": []}, "Must be a valid UUID."),
    ],
)
def test_merge_bad_body(shopper, body, message):
    assert shopper.post(MERGE, body).told == (400, field_body(cart_id=[message]))


def test_merge_never_grows_a_line_beyond_the_largest(shopper, customer):
    product = make_item()
    make_cart((product, 100_000), customer=customer)
    other = make_cart((product, 1))
    answer = shopper.post(MERGE, {"cart_id": str(other.pk)})
    assert (answer.status, answer.body["items"][0]["quantity"]) == (200, 100_000)


def test_my_cart_methods_that_are_none(shopper):
    assert shopper.post("/store/carts/mine/", {}).told == refused_method("POST")
    assert shopper.get(MERGE).told == refused_method("GET")
