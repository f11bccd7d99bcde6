"""Bodies that hurt are bad requests, at once, and never our fault."""

import re

import pytest

from tests.api.wire import Api, field_body
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_product
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db

WRONG_TYPES = [b"[]", b"[1,2]", b"5", b'"text"', b"true", b"null", b"1e308"]
BROKEN = [
    b"{",
    b'{"a":',
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"a":NaN}',
    b'{"a":-Infinity}',
    b"\xff\xfe",
    b"\0",
]
NUMBERS = [b"9" * 5000, b"-" + b"9" * 400, b"1e308", b"-1e308", b"1e-400", b"1e999999999", b"-1e400"]


@pytest.fixture
def writes(staff, shopper, guest, customer) -> list[tuple[Api, str, str]]:
    """Every write that takes a body, by somebody who may send it."""
    product = make_product()
    cart = make_cart((product, 1))
    order = make_order(customer=customer)
    item = cart.items.get()
    return [
        (guest, "POST", "/auth/users/"),
        (shopper, "PATCH", "/auth/users/me/"),
        (shopper, "PUT", "/auth/users/me/"),
        (shopper, "POST", "/auth/users/set_password/"),
        (guest, "POST", "/auth/users/reset_password/"),
        (guest, "POST", "/auth/users/reset_password_confirm/"),
        (shopper, "DELETE", "/auth/users/me/"),
        (staff, "POST", "/store/customers/"),
        (staff, "PATCH", f"/store/customers/{customer.pk}/"),
        (shopper, "PUT", "/store/customers/me/"),
        (shopper, "POST", "/store/customers/me/addresses/"),
        (guest, "POST", "/auth/jwt/create/"),
        (guest, "POST", "/auth/jwt/refresh/"),
        (guest, "POST", "/auth/jwt/verify/"),
        (guest, "POST", "/auth/jwt/logout/"),
        (staff, "POST", "/store/products/"),
        (staff, "PUT", f"/store/products/{product.pk}/"),
        (staff, "PATCH", f"/store/products/{product.pk}/"),
        (staff, "POST", "/store/collections/"),
        (staff, "PUT", f"/store/collections/{product.collection_id}/"),
        (guest, "POST", f"/store/carts/{cart.pk}/items/"),
        (guest, "PATCH", f"/store/carts/{cart.pk}/items/{item.pk}/"),
        (shopper, "POST", "/store/carts/mine/merge/"),
        (shopper, "POST", "/store/orders/"),
        (staff, "PATCH", f"/store/orders/{order.pk}/"),
        (guest, "POST", "/store/guest-orders/"),
        (shopper, "POST", "/payments/create-payment-intent/"),
        (shopper, "POST", "/payments/verify-payment/"),
    ]


@pytest.mark.parametrize("body", WRONG_TYPES, ids=repr)
def test_body_of_a_wrong_type(writes, body):
    for api, method, path in writes:
        answer = api.send(method, path, body)
        assert (method, path, answer.status) == (method, path, 400)
        assert (answer.body["code"], list(answer.body["details"])) == ("invalid", ["non_field_errors"])


def test_body_that_is_a_list_says_so(guest):
    sentence = "Invalid data. Expected a dictionary, but got list."
    assert guest.post("/auth/users/", []).told == (400, field_body(non_field_errors=[sentence]))


@pytest.mark.parametrize("body", BROKEN, ids=lambda body: repr(body[:12]))
def test_body_that_is_broken(writes, body):
    for api, method, path in writes:
        answer = api.send(method, path, body)
        assert (method, path, answer.status, answer.body["code"]) == (method, path, 400, "parse_error")
        assert answer.body["detail"].startswith("JSON parse error")


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: repr(number[:12]))
def test_number_that_is_too_much(writes, number):
    names = (
        "quantity",
        "product_id",
        "unit_price",
        "inventory",
        "collection",
        "cart_id",
        "order_id",
        "title",
    )
    body = b"{" + b",".join(b'"%s":%s' % (name.encode(), number) for name in names) + b"}"
    for api, method, path in writes:
        answer = api.send(method, path, body)
        assert (path, answer.status // 100) in ((path, 4), (path, 2))


@pytest.mark.parametrize("value", [b'"\\u0000"', b'"\\ud800"', b"[[[[]]]]", b'{"a":{}}', b"true", b"null"])
def test_values_of_every_kind_in_every_field(writes, value):
    names = """
        username email password first_name refresh token current_password new_password title slug description
        unit_price inventory collection product_id quantity cart_id address phone note payment_status order_id
        order_token uid user_id birth_date membership line1 state postal_code address_id otp
        razorpay_order_id razorpay_payment_id razorpay_signature
    """
    body = b"{" + b",".join(b'"%s":%s' % (name.encode(), value) for name in re.findall(r"\w+", names)) + b"}"
    for api, method, path in writes:
        assert (path, api.send(method, path, body).status) in ((path, 400), (path, 404))


def test_body_with_very_many_keys(writes):
    body = b"{" + b",".join(b'"key%d":1' % number for number in range(100_000)) + b"}"
    for api, method, path in writes:
        assert api.send(method, path, body).status in (200, 400)


def test_form_with_very_many_fields(writes):
    body = b"&".join(b"field%d=1" % number for number in range(10_001))
    for api, method, path in writes:
        answer = api.send(method, path, body, "application/x-www-form-urlencoded")
        assert (path, answer.status, answer.body["code"]) == (path, 400, "parse_error")


def test_body_that_is_too_large(writes):
    body = b'{"title":"' + b"x" * 2_700_000 + b'"}'
    for api, method, path in writes:
        answer = api.send(method, path, body)
        assert (path, answer.status, answer.body["code"]) == (path, 413, "too_large")


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json; charset=utf-16",
        "application/json; charset=bz2_codec",
        "application/json; charset=unicode_escape",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded; charset=base64",
        "application/x-www-form-urlencoded; charset=utf-7",
    ],
)
def test_odd_charsets_and_boundaries(guest, content_type):
    answer = guest.send("POST", "/auth/users/", b'{"username": "\\x41"}', content_type)
    assert (answer.status, set(answer.body) >= {"error", "code", "details"}) == (400, True)


@pytest.mark.parametrize("content_type", ["text/xml", "text/plain", "application/octet-stream", "nonsense"])
def test_other_content_types(guest, content_type):
    answer = guest.send("POST", "/auth/users/", b"x", content_type)
    assert (answer.status, answer.body["code"]) == (415, "unsupported_media_type")


def test_half_a_surrogate_pair_in_an_answer(staff):
    path = f"/store/orders/{make_order().pk}/"
    answer = staff.send("PATCH", path, b'{"payment_status":"\\ud800"}')
    assert answer.status == 400
    assert b'"\\"\\ud800\\" is not a valid choice."' in answer.content
