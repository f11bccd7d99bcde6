"""What holds for each route that the URL resolver knows: slashes, pages, bodies."""

import pytest

from api.pagination import OptionalPagination, ProductPagination
from tests.api.permission_table import METHODS, TABLE
from tests.api.permission_world import BODIES, CALLERS, World, find_path, make_body, make_world, undone
from tests.api.routes import find_routes
from tests.api.wire import ENCODINGS, Api, detail_body, encode
from tests.factories.catalogue import warm_settings

pytestmark = pytest.mark.django_db

ROUTES = [route for route in find_routes() if route.name != "api-nothing"]
INVALID_PAGE = (404, detail_body("Invalid page.", "not_found"))
# Each a list, and somebody whose list it is.
LISTS = {
    "api-users": "staff",
    "api-product-list": "anonymous",
    "api-collection-list": "anonymous",
    "api-reviews": "anonymous",
    "api-images": "anonymous",
    "api-likes": "customer_a",
    "api-cart-items": "customer_a",
    "api-customers": "staff",
    "api-history": "superuser",
    "api-addresses": "customer_a",
    "api-orders": "customer_a",
}
# Uploads are files, which only multipart can carry; signatures are over the raw body.
OTHER_BODIES = {"api-images", "api-webhook"}
WRITES = [
    (route, method)
    for route in ROUTES
    for method in ("POST", "PUT", "PATCH", "DELETE")
    if (method != "DELETE" or (route.name, method) in BODIES)
    and not {405, 404} >= set(TABLE.get((route.name, method), ())) - {401, 403}
    and route.name not in OTHER_BODIES
]


@pytest.fixture
def world(db) -> World:
    warm_settings()
    return make_world()


@pytest.mark.parametrize("debug", [False, True])
def test_route_without_its_slash(world, settings, debug):
    settings.DEBUG = debug
    for path in {find_path(route, world, "guest") for route in ROUTES}:
        for method in (*METHODS, "HEAD", "OPTIONS"):
            answer = Api().send(method, f"{path[:-1]}?page=2")
            assert (path, answer.status, answer.headers["Location"]) == (path, 301, f"{path}?page=2")


@pytest.fixture
def get(world):
    """`get(name, query)`: the list of that name, asked for by somebody who may see it."""

    def get(name: str, query: str = ""):
        route = next(route for route in ROUTES if route.name == name)
        return world.callers[LISTS[name]].get(find_path(route, world, LISTS[name]) + query)

    return get


def test_every_list_is_listed(get, world):
    """A route whose GET answers an array, or pages, stands in `LISTS`."""
    found = set()
    for route in ROUTES:
        for caller in ("superuser", "customer_a", "guest"):
            body = world.callers[caller].get(find_path(route, world, caller)).body
            if isinstance(body, list) or (isinstance(body, dict) and "results" in body):
                found.add(route.name)
    assert found == set(LISTS)


def test_lists_in_pages(get):
    for name in LISTS:
        page, last = get(name, "?page_size=1").body, get(name, "?page=last&page_size=1").body
        assert list(page) == ["count", "next", "previous", "results"]
        assert (len(page["results"]), page["previous"], page["count"] >= 1) == (1, None, True)
        assert get(name, "?page=1").body["count"] == page["count"]
        assert (last["next"], len(last["results"])) == (None, 1)
        is_last = page["count"] == 1
        assert is_last or page["next"].startswith("http://testserver/")
        assert is_last or "page_size=1" in page["next"]


def test_lists_are_arrays_unless_asked(get):
    for name in LISTS:
        if name != "api-product-list":
            assert isinstance(get(name).body, list)
            assert isinstance(get(name, "?page=&page_size=").body, list)


def test_bad_page(get):
    for name in LISTS:
        for page in ("0", "-1", "x", "987654", "1.5", "%00", "9" * 30):
            assert (name, page, get(name, f"?page={page}").told) == (name, page, INVALID_PAGE)


def test_largest_page(get, monkeypatch):
    assert (ProductPagination.max_page_size, OptionalPagination.max_page_size) == (100, 100)
    monkeypatch.setattr(ProductPagination, "max_page_size", 1)
    for name in LISTS:
        for size in ("101", "1000000", "9" * 30):
            assert (name, size, len(get(name, f"?page_size={size}").body["results"])) == (name, size, 1)


@pytest.mark.parametrize(("route", "method"), WRITES, ids=str)
def test_write_takes_every_encoding(world, simulator, route, method):
    """The best-placed caller gets the same status however the body is written."""
    expected = TABLE[route.name, method]
    best = min(range(len(CALLERS)), key=lambda index: (expected[index], index))
    caller = CALLERS[best]
    for encoding in ENCODINGS:
        body, path = make_body(route, method, world, caller), find_path(route, world, caller)
        with undone():
            answer = world.callers[caller].send(method, path, *encode(body, encoding))
        assert (encoding, answer.status) == (encoding, expected[best])
