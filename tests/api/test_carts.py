"""Carts: anonymous, the UUID is the capability."""

import uuid
from decimal import Decimal

import pytest

from checkout.models import Cart
from shop.models import Product
from tests.api.wire import ENCODINGS, NOT_FOUND, missing_body, refused_method
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item, make_tax_class, set_tax

pytestmark = pytest.mark.django_db

MISSING = (404, missing_body("Cart"))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_create_cart(guest, encoding):
    answer = guest.post("/store/carts/", {}, encoding)
    cart = Cart.objects.get()
    assert answer.told == (201, {"id": str(cart.pk), "items": [], "total_price": 0})
    assert b'"items":[],"total_price":0}' in answer.content


def test_create_cart_without_a_body(guest):
    assert guest.post("/store/carts/").status == 201


def test_create_cart_ignores_what_is_sent(guest, customer):
    chosen = str(uuid.uuid4())
    answer = guest.post("/store/carts/", {"id": chosen, "customer": customer.pk, "total_price": 5})
    assert (answer.body["id"] != chosen, Cart.objects.get().customer) == (True, None)


def test_create_cart_of_a_customer_is_unowned(shopper):
    shopper.post("/store/carts/")
    assert Cart.objects.get().customer is None


def test_read_cart(guest):
    lamp = make_item(title="Lamp", unit_price="71.88")
    rug = make_item(title="Rug", unit_price="10.00")
    cart = make_cart((lamp, 2), (rug, 1))
    first, second = cart.items.order_by("id")
    answer = guest.get(f"/store/carts/{cart.pk}/")
    assert answer.told == (
        200,
        {
            "id": str(cart.pk),
            "items": [
                {
                    "id": first.pk,
                    "product": {"id": lamp.pk, "title": "Lamp", "unit_price": Decimal("71.88")},
                    "quantity": 2,
                    "total_price": Decimal("143.76"),
                },
                {
                    "id": second.pk,
                    "product": {"id": rug.pk, "title": "Rug", "unit_price": 10},
                    "quantity": 1,
                    "total_price": 10,
                },
            ],
            "total_price": Decimal("153.76"),
        },
    )


def test_cart_prices_are_the_current_ones(guest):
    product = make_item(unit_price="10.00")
    cart = make_cart((product, 3))
    Product.objects.update(unit_price=Decimal("12.50"))
    assert guest.get(f"/store/carts/{cart.pk}/").body["total_price"] == Decimal("37.5")


def test_cart_prices_are_before_tax(guest):
    product = make_item(unit_price="110.00")
    set_tax(rate="10.00", prices_include_tax=True)
    cart = make_cart((product, 1), (make_item(unit_price="105.00", tax_class_id=make_tax_class().pk), 1))
    assert guest.get(f"/store/carts/{cart.pk}/").body["total_price"] == 200


def test_cart_keeps_what_is_no_longer_sold(guest):
    product = make_item()
    cart = make_cart((product, 1))
    Product.objects.update(is_live=False)
    assert len(guest.get(f"/store/carts/{cart.pk}/").body["items"]) == 1


@pytest.mark.parametrize("spell", [str.upper, lambda text: text.replace("-", "")])
def test_cart_id_in_other_spellings(guest, spell):
    cart = make_cart()
    assert guest.get(f"/store/carts/{spell(str(cart.pk))}/").body["id"] == str(cart.pk)


def test_cart_missing_and_malformed(guest):
    path = f"/store/carts/{uuid.uuid4()}/"
    assert guest.get(path).told == MISSING
    assert guest.delete(path).told == MISSING
    for number in ("abc", "1", "12345678-1234-1234-1234-12345678901", "%00"):
        assert guest.get(f"/store/carts/{number}/").told == NOT_FOUND


def test_cart_of_a_customer_is_theirs_alone(guest, shopper, stranger, staff, customer):
    cart = make_cart(customer=customer)
    path = f"/store/carts/{cart.pk}/"
    assert shopper.get(path).status == 200
    for other in (guest, stranger, staff):
        assert other.get(path).told == MISSING
        assert other.delete(path).told == MISSING
    assert Cart.objects.count() == 1


def test_delete_cart(guest):
    cart = make_cart((make_item(), 1))
    path = f"/store/carts/{cart.pk}/"
    answer = guest.delete(path)
    assert (answer.status, answer.content, Cart.objects.count()) == (204, b"", 0)
    assert guest.delete(path).told == MISSING


def test_delete_own_cart(shopper, customer):
    cart = make_cart(customer=customer)
    assert shopper.delete(f"/store/carts/{cart.pk}/").status == 204


def test_cart_methods_that_are_none(guest):
    cart = make_cart()
    assert guest.get("/store/carts/").told == refused_method("GET")
    assert guest.put(f"/store/carts/{cart.pk}/", {}).told == refused_method("PUT")
    assert guest.patch(f"/store/carts/{cart.pk}/", {}).told == refused_method("PATCH")


@pytest.mark.parametrize("rows", [1, 3])
def test_read_cart_queries(guest, rows, count_queries):
    tax_class = make_tax_class()
    cart = make_cart(*((make_item(tax_class_id=tax_class.pk), 1) for _ in range(rows)))
    path = f"/store/carts/{cart.pk}/"
    guest.get(path)
    with count_queries(2) as counted:
        answer = guest.get(path)
    assert (len(answer.body["items"]), len(counted)) == (rows, 2)
