import uuid
from decimal import Decimal

import pytest

from checkout.models import CartItem
from tests.api.wire import ENCODINGS, NOT_FOUND, REQUIRED, field_body, missing_body, refused_method
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item

pytestmark = pytest.mark.django_db

NO_CART = (404, missing_body("Cart"))
NO_ITEM = (404, missing_body("CartItem"))
UNKNOWN_PRODUCT = field_body(product_id=["No product with the given ID was found"])


@pytest.fixture
def cart():
    return make_cart()


@pytest.fixture
def items(cart) -> str:
    return f"/store/carts/{cart.pk}/items/"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_add_item(guest, items, encoding):
    product = make_item()
    answer = guest.post(items, {"product_id": product.pk, "quantity": 2}, encoding)
    assert answer.told == (201, {"id": CartItem.objects.get().pk, "product_id": product.pk, "quantity": 2})


def test_add_item_again_adds_up(guest, items):
    product = make_item()
    first = guest.post(items, {"product_id": product.pk, "quantity": 2})
    second = guest.post(items, {"product_id": product.pk, "quantity": 3})
    assert second.told == (201, {**first.body, "quantity": 5})


def test_add_item_beyond_the_stock(guest, items):
    product = make_item(inventory=0)
    assert guest.post(items, {"product_id": product.pk, "quantity": 7}).body["quantity"] == 7


def test_add_item_ignores_what_clients_may_not_set(guest, items):
    product = make_item(unit_price="100.00")
    body = {"product_id": product.pk, "quantity": 1, "id": 99, "unit_price": 1, "total_price": 1}
    assert guest.post(items, body).body["id"] != 99
    assert guest.get(items).body[0]["total_price"] == 100


@pytest.mark.parametrize("number", [999999, 0, -1, 10**30])
def test_add_item_unknown_product(guest, items, number):
    assert guest.post(items, {"product_id": number, "quantity": 1}).told == (400, UNKNOWN_PRODUCT)


def test_add_item_not_for_sale(guest, items):
    product = make_item(is_live=False)
    assert guest.post(items, {"product_id": product.pk, "quantity": 1}).told == (400, UNKNOWN_PRODUCT)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"product_id": REQUIRED, "quantity": REQUIRED}),
        ({"quantity": 1}, {"product_id": REQUIRED}),
        ({"product_id": "x", "quantity": 1}, {"product_id": ["A valid integer is required."]}),
        ({"product_id": [], "quantity": 1}, {"product_id": ["A valid integer is required."]}),
        ({"product_id": None, "quantity": 1}, {"product_id": ["This field may not be null."]}),
    ],
)
def test_add_item_bad_body(guest, items, body, fields):
    assert guest.post(items, body).told == (400, field_body(**fields))


@pytest.mark.parametrize(
    ("quantity", "message"),
    [
        (0, "Ensure this value is greater than or equal to 1."),
        (-3, "Ensure this value is greater than or equal to 1."),
        (100_001, "Ensure this value is less than or equal to 100000."),
        (10**40, "Ensure this value is less than or equal to 100000."),
        (1.5, "A valid integer is required."),
        (1e308, "A valid integer is required."),
        ("many", "A valid integer is required."),
        ("9" * 1001, "String value too large."),
        (True, "A valid integer is required."),
        ({}, "A valid integer is required."),
        (None, "This field may not be null."),
    ],
)
def test_quantity_bad(guest, cart, items, quantity, message):
    product = make_item()
    expected = (400, field_body(quantity=[message]))
    assert guest.post(items, {"product_id": product.pk, "quantity": quantity}).told == expected
    assert cart.items.count() == 0
    guest.post(items, {"product_id": product.pk, "quantity": 1})
    item = cart.items.get()
    assert guest.patch(f"{items}{item.pk}/", {"quantity": quantity}).told == expected
    assert cart.items.get().quantity == 1


def test_add_item_until_it_is_too_many(guest, cart, items):
    product = make_item()
    guest.post(items, {"product_id": product.pk, "quantity": 100_000})
    answer = guest.post(items, {"product_id": product.pk, "quantity": 1})
    sentence = "You can put at most 100,000 of one product in a cart."
    assert answer.told == (400, field_body(quantity=[sentence]))
    assert cart.items.get().quantity == 100_000


def test_add_item_to_a_missing_cart(guest):
    product = make_item()
    body = {"product_id": product.pk, "quantity": 1}
    assert guest.post(f"/store/carts/{uuid.uuid4()}/items/", body).told == NO_CART
    assert guest.post("/store/carts/abc/items/", body).told == NOT_FOUND


def test_list_items(guest, cart, items):
    product = make_item(title="Lamp", unit_price="71.88")
    guest.post(items, {"product_id": product.pk, "quantity": 2})
    row = {
        "id": cart.items.get().pk,
        "product": {"id": product.pk, "title": "Lamp", "unit_price": Decimal("71.88")},
        "quantity": 2,
        "total_price": Decimal("143.76"),
    }
    assert guest.get(items).told == (200, [row])
    assert guest.get(f"{items}{row['id']}/").told == (200, row)


def test_list_items_in_pages_where_asked(guest):
    cart = make_cart(*((make_item(), 1) for _ in range(3)))
    answer = guest.get(f"/store/carts/{cart.pk}/items/?page_size=2&page=2")
    assert (answer.body["count"], len(answer.body["results"]), answer.body["next"]) == (3, 1, None)


def test_list_items_of_a_missing_cart(guest):
    assert guest.get(f"/store/carts/{uuid.uuid4()}/items/").told == NO_CART


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_change_quantity(guest, encoding):
    cart = make_cart((make_item(), 2))
    item = cart.items.get()
    answer = guest.patch(
        f"/store/carts/{cart.pk}/items/{item.pk}/", {"quantity": 9, "product_id": 5}, encoding
    )
    assert answer.told == (200, {"quantity": 9})
    assert (cart.items.get().quantity, cart.items.get().product_id) == (9, item.product_id)


def test_change_quantity_needs_one(guest):
    cart = make_cart((make_item(), 2))
    path = f"/store/carts/{cart.pk}/items/{cart.items.get().pk}/"
    assert guest.patch(path, {}).told == (400, field_body(quantity=REQUIRED))


def test_delete_item(guest):
    cart = make_cart((make_item(), 2))
    path = f"/store/carts/{cart.pk}/items/{cart.items.get().pk}/"
    answer = guest.delete(path)
    assert (answer.status, answer.content, cart.items.count()) == (204, b"", 0)
    assert guest.delete(path).told == NO_ITEM


def test_item_missing_and_malformed(guest, items):
    for number in ("999999", "9" * 30):
        path = f"{items}{number}/"
        assert guest.get(path).told == NO_ITEM
        assert guest.patch(path, {"quantity": 1}).told == NO_ITEM
        assert guest.delete(path).told == NO_ITEM
    assert guest.get(f"{items}abc/").told == NOT_FOUND


def test_item_of_another_cart(guest, items):
    other = make_cart((make_item(), 1))
    path = f"{items}{other.items.get().pk}/"
    assert guest.get(path).told == NO_ITEM
    assert guest.patch(path, {"quantity": 5}).told == NO_ITEM
    assert guest.delete(path).told == NO_ITEM
    assert other.items.get().quantity == 1


def test_items_of_a_customers_cart(guest, shopper, stranger, customer):
    cart = make_cart((make_item(), 1), customer=customer)
    items = f"/store/carts/{cart.pk}/items/"
    path = f"{items}{cart.items.get().pk}/"
    body = {"product_id": make_item().pk, "quantity": 1}
    for other in (guest, stranger):
        assert other.get(items).told == NO_CART
        assert other.post(items, body).told == NO_CART
        assert other.get(path).told == NO_CART
        assert other.patch(path, {"quantity": 5}).told == NO_ITEM
        assert other.delete(path).told == NO_ITEM
    assert shopper.post(items, body).status == 201
    assert shopper.patch(path, {"quantity": 5}).told == (200, {"quantity": 5})
    assert shopper.delete(path).status == 204


def test_item_methods_that_are_none(guest, items):
    assert guest.put(f"{items}1/", {}).told == refused_method("PUT")
    assert guest.put(items, {}).told == refused_method("PUT")
    assert guest.delete(items).told == refused_method("DELETE")


@pytest.mark.parametrize("rows", [1, 3])
def test_add_item_queries(guest, rows, count_queries):
    cart = make_cart(*((make_item(), 1) for _ in range(rows)))
    items = f"/store/carts/{cart.pk}/items/"
    product = make_item()
    with count_queries(3) as first:
        guest.post(items, {"product_id": product.pk, "quantity": 1})
    with count_queries(3) as again:
        answer = guest.post(items, {"product_id": product.pk, "quantity": 1})
    assert (answer.body["quantity"], len(first), len(again)) == (2, 3, 3)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_items_queries(guest, rows, count_queries):
    cart = make_cart(*((make_item(), 1) for _ in range(rows)))
    guest.get(f"/store/carts/{cart.pk}/items/")
    with count_queries(2) as counted:
        guest.get(f"/store/carts/{cart.pk}/items/")
    assert len(counted) == 2
