"""Bodies that hurt are bad requests, at once, and never our fault."""

import time

import pytest

from tests.api.documented import read_schema
from tests.api.permission_table import TABLE
from tests.api.permission_world import BODIES, CALLERS, World, find_path, make_world
from tests.api.routes import Route, find_routes
from tests.api.wire import Api, field_body
from tests.factories.catalogue import warm_settings
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db

# Of the processor, so that a busy machine fails no test.
LONGEST_SECONDS = 1.0
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


Write = tuple[Api, str, str]
# Read no body, so none hurts them; and what is signed as raw bytes before anybody reads it.
BODILESS = {
    ("api-carts", "POST"),
    ("api-like", "POST"),
    ("api-cancel-order", "POST"),
    ("api-webhook", "POST"),
}
UPLOAD = ("api-images", "POST")


@pytest.fixture
def writes(db) -> list[Write]:
    """Every write of the permission table that takes a body, by somebody who may send it."""
    warm_settings()
    world, routes = make_world(), {route.name: route for route in find_routes()}
    return [find_write(world, routes[name], method) for name, method in (*BODIES, UPLOAD)]


def find_write(world: World, route: Route, method: str) -> Write:
    statuses = zip(CALLERS, TABLE[route.name, method], strict=True)
    caller = next((caller for caller, status in statuses if status in (200, 201, 204)), "superuser")
    return world.callers[caller], method, find_path(route, world, caller)


def test_every_write_takes_a_body_or_is_known_to_take_none():
    """A new route needs a body in `permission_world`, and is thrown all of this at from then on."""
    possible = {
        (name, method)
        for (name, method), statuses in TABLE.items()
        if method in ("POST", "PUT", "PATCH") and not set(statuses) <= {401, 403, 404, 405}
    }
    assert possible == {key for key in BODIES if key[1] != "DELETE"} | BODILESS | {UPLOAD}


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
        started = time.thread_time()
        answer = api.send(method, path, body)
        assert time.thread_time() - started < LONGEST_SECONDS
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


def find_fields() -> list[str]:
    """The names of everything that any body may say."""
    shapes = read_schema()["components"]["schemas"]
    return sorted(
        {name for shape in shapes if shape.endswith("Request") for name in shapes[shape]["properties"]}
    )


@pytest.mark.parametrize("value", [b'"\\u0000"', b'"\\ud800"', b"[[[[]]]]", b'{"a":{}}', b"true", b"null"])
def test_values_of_every_kind_in_every_field(writes, value):
    body = b"{" + b",".join(b'"%s":%s' % (name.encode(), value) for name in find_fields()) + b"}"
    for api, method, path in writes:
        assert (path, api.send(method, path, body).status) in ((path, 400), (path, 404))


def test_body_with_very_many_keys(writes):
    body = b"{" + b",".join(b'"key%d":1' % number for number in range(100_000)) + b"}"
    for api, method, path in writes:
        started = time.thread_time()
        assert api.send(method, path, body).status in (200, 400)
        assert time.thread_time() - started < LONGEST_SECONDS


def test_form_with_very_many_fields(writes):
    body = b"&".join(b"field%d=1" % number for number in range(10_001))
    for api, method, path in writes:
        answer = api.send(method, path, body, "application/x-www-form-urlencoded")
        assert (path, answer.status, answer.body["code"]) == (path, 400, "parse_error")


def test_body_that_is_too_large(writes):
    body = b'{"title":"' + b"x" * 2_700_000 + b'"}'
    for api, method, path in writes:
        started = time.thread_time()
        answer = api.send(method, path, body)
        assert time.thread_time() - started < LONGEST_SECONDS
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
