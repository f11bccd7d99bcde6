"""Saved addresses of a customer, and orders that use one."""

import pytest

from accounts.models import Address
from checkout.models import Order
from tests.api.wire import (
    ENCODINGS,
    NOT_FOUND,
    REQUIRED,
    UNAUTHENTICATED,
    field_body,
    missing_body,
    sign_in,
)
from tests.factories.carts import make_full_cart
from tests.factories.users import make_address, make_customer, make_user

pytestmark = pytest.mark.django_db

ADDRESSES = "/store/customers/me/addresses/"
LINES = {
    "name": "Asha Rao",
    "phone": "+919876543210",
    "line1": "12 MG Road",
    "line2": "Indiranagar",
    "city": "Bengaluru",
    "state": "KA",
    "postal_code": "560038",
    "country": "IN",
}
NEEDED = {name: LINES[name] for name in ("name", "line1", "city", "state", "postal_code")}
PIN = "Enter a PIN code of six digits, for example 560001."


def path_of(address: Address) -> str:
    return f"{ADDRESSES}{address.pk}/"


@pytest.mark.parametrize(("method", "rest"), [("GET", ""), ("POST", ""), ("GET", "1/"), ("DELETE", "1/")])
def test_addresses_need_somebody(guest, method, rest):
    assert guest.send(method, ADDRESSES + rest).told == UNAUTHENTICATED


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_create_address(shopper, customer, encoding):
    answer = shopper.post(ADDRESSES, LINES, encoding)
    address = Address.objects.get()
    assert (answer.told, address.customer) == ((201, {"id": address.pk, **LINES}), customer)


def test_create_address_with_what_is_needed(shopper):
    answer = shopper.post(ADDRESSES, NEEDED)
    assert answer.told == (
        201,
        {"id": Address.objects.get().pk, **LINES, "phone": "", "line2": ""},
    )


def test_create_address_of_staff_without_a_profile(db):
    user = make_user(is_staff=True)
    assert sign_in(user).post(ADDRESSES, LINES).status == 201
    assert Address.objects.get().customer.user == user


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("state", "XX", '"XX" is not a valid choice.'),
        ("state", "Karnataka", '"Karnataka" is not a valid choice.'),
        ("postal_code", "056003", PIN),
        ("postal_code", "56003", PIN),
        ("postal_code", "56003a", PIN),
        ("postal_code", "५६००३८", PIN),
        ("postal_code", "560038\n", None),
        ("country", "US", '"US" is not a valid choice.'),
        ("phone", "no", "Enter a phone number with 7 to 15 digits, for example +91 98765 43210."),
        ("name", "", "This field may not be blank."),
        ("name", "x" * 151, "Ensure this field has no more than 150 characters."),
        ("line1", "x" * 201, "Ensure this field has no more than 200 characters."),
        ("city", None, "This field may not be null."),
        ("city", "a\0", "Null characters are not allowed."),
    ],
)
def test_create_address_bad_value(shopper, name, value, message):
    answer = shopper.post(ADDRESSES, {**LINES, name: value})
    if message is None:  # white space around a value is dropped
        assert (answer.status, answer.body[name]) == (201, value.strip())
    else:
        assert answer.told == (400, field_body(**{name: [message]}))
        assert Address.objects.count() == 0


def test_create_address_needs(shopper):
    assert shopper.post(ADDRESSES, {}).told == (400, field_body(**dict.fromkeys(NEEDED, REQUIRED)))


def test_create_address_ignores_whose_it_should_be(shopper, customer):
    other = make_customer()
    shopper.post(ADDRESSES, {**LINES, "customer": other.pk, "customer_id": other.pk, "id": 77})
    assert Address.objects.get().customer == customer


def test_list_addresses(shopper, stranger, customer):
    first, second = make_address(customer), make_address(customer, city="Mysuru")
    answer = shopper.get(ADDRESSES)
    assert answer.told == (200, [{"id": second.pk, **LINES, "city": "Mysuru"}, {"id": first.pk, **LINES}])
    assert stranger.get(ADDRESSES).told == (200, [])
    page = shopper.get(f"{ADDRESSES}?page_size=1&page=last").body
    assert (page["count"], [row["id"] for row in page["results"]]) == (2, [first.pk])


@pytest.mark.parametrize("rows", [1, 3])
def test_list_addresses_query_count(shopper, customer, count_queries, rows):
    for _ in range(rows):
        make_address(customer)
    with count_queries(2) as counted:
        assert len(shopper.get(ADDRESSES).body) == rows
    assert len(counted) == 2


def test_get_address(shopper, customer):
    address = make_address(customer)
    assert shopper.get(path_of(address)).told == (200, {"id": address.pk, **LINES})
    assert shopper.get(f"{ADDRESSES}abc/").told == NOT_FOUND


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_put_address(shopper, customer, encoding):
    address = make_address(customer)
    answer = shopper.put(path_of(address), {**LINES, "city": "Pune", "state": "MH"}, encoding)
    assert answer.told == (200, {"id": address.pk, **LINES, "city": "Pune", "state": "MH"})
    address.refresh_from_db()
    assert (address.city, address.state) == ("Pune", "MH")


def test_put_address_needs(shopper, customer):
    answer = shopper.put(path_of(make_address(customer)), {})
    assert answer.told == (400, field_body(**dict.fromkeys(NEEDED, REQUIRED)))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_patch_address(shopper, customer, encoding):
    address = make_address(customer)
    answer = shopper.patch(path_of(address), {"line2": "Near the lake"}, encoding)
    assert answer.told == (200, {"id": address.pk, **LINES, "line2": "Near the lake"})


def test_delete_address(shopper, customer):
    address = make_address(customer)
    answer = shopper.delete(path_of(address))
    assert (answer.status, answer.content, Address.objects.count()) == (204, b"", 0)


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_address_of_another_and_one_that_is_missing(shopper, stranger, staff, customer, method):
    address = make_address(customer)
    body = () if method in ("get", "delete") else (LINES,)
    missing = (404, missing_body("Address"))
    for api in (stranger, staff):
        assert getattr(api, method)(path_of(address), *body).told == missing
    assert getattr(shopper, method)(f"{ADDRESSES}987654/", *body).told == missing
    assert Address.objects.count() == 1


def order_with(api, **body):
    return api.post("/store/orders/", {"cart_id": str(make_full_cart().pk), **body})


def test_order_to_a_saved_address(shopper, customer):
    address = make_address(customer, name="Ravi Rao", phone="+919000000000")
    assert order_with(shopper, address_id=address.pk).status == 200
    order = Order.objects.get()
    copied = {name: getattr(order, name) for name in LINES}
    assert copied == {**LINES, "name": "Ravi Rao", "phone": "+919000000000"}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_order_to_a_saved_address_in_every_encoding(shopper, customer, encoding):
    body = {"cart_id": str(make_full_cart().pk), "address_id": make_address(customer).pk}
    assert shopper.post("/store/orders/", body, encoding).status == 200
    assert Order.objects.get().city == "Bengaluru"


def test_order_keeps_the_address_that_was_changed_since(shopper, customer):
    address = make_address(customer)
    order_with(shopper, address_id=address.pk)
    shopper.patch(path_of(address), {"city": "Pune"})
    shopper.delete(path_of(address))
    assert Order.objects.get().city == "Bengaluru"


def test_order_to_a_saved_address_without_a_phone(shopper, customer):
    address = make_address(customer, phone="")
    order_with(shopper, address_id=address.pk)
    assert Order.objects.get().phone == customer.phone
    order_with(shopper, address_id=address.pk, phone="+919111111111")
    assert Order.objects.first().phone == "+919111111111"


def test_order_to_an_address_of_another_or_of_nobody(shopper, customer):
    foreign = make_address(make_customer())
    expected = (400, field_body(address_id=["No address with the given ID was found"]))
    assert order_with(shopper, address_id=foreign.pk).told == expected
    assert order_with(shopper, address_id=987654).told == expected
    assert order_with(shopper, address_id=10**30).told == expected
    assert Order.objects.count() == 0


def test_order_to_a_malformed_address(shopper):
    answer = order_with(shopper, address_id="home")
    assert answer.told == (400, field_body(address_id=["A valid integer is required."]))


def test_order_to_two_addresses(shopper, customer):
    sentence = "Send either an address or the id of a saved one, not both."
    answer = order_with(shopper, address_id=make_address(customer).pk, address=LINES)
    assert answer.told == (400, field_body(address_id=[sentence]))


def test_guest_order_takes_no_saved_address(guest, customer):
    body = {"cart_id": str(make_full_cart().pk), "email": "g@example.com"}
    answer = guest.post("/store/guest-orders/", {**body, "address_id": make_address(customer).pk})
    assert answer.told == (400, field_body(address=REQUIRED))
