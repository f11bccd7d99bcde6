"""What holds for every route: slashes, methods, content types, origins, rates."""

import pytest
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from api.throttling import AnonymousThrottle, CustomerThrottle
from tests.api.wire import NOT_FOUND, Api, make_access
from tests.factories.catalogue import make_item

pytestmark = pytest.mark.django_db

CART = "12345678-1234-1234-1234-123456789012"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize(
    "path",
    [
        "/auth/users",
        "/auth/jwt/create",
        "/store/products",
        "/store/products/1",
        f"/store/carts/{CART}/items",
        "/store/orders/1",
        "/payments/webhook",
        "/api/schema",
    ],
)
@pytest.mark.parametrize("debug", [False, True])
def test_route_without_a_slash(guest, settings, method, path, debug):
    settings.DEBUG = debug
    answer = guest.send(method, f"{path}?page=2&search=a%20b", b"{}" if method == "POST" else b"")
    assert (answer.status, answer.headers["Location"]) == (301, f"{path}/?page=2&search=a%20b")


@pytest.mark.parametrize(
    "path", ["/store/nothing", "/store/nothing/", "/auth/", "/api/", "/payments/status/x/"]
)
def test_route_that_is_none(guest, path):
    answer = guest.get(path)
    assert answer.told == NOT_FOUND
    assert guest.post(path, {}).told == NOT_FOUND


def test_pages_keep_their_own_404(guest):
    assert guest.get("/nothing/").body is None


def test_route_that_is_none_with_a_bad_token(db):
    assert Api(token="x").get("/store/nothing/").status == 401


def test_head_and_options(guest):
    head = guest.send("HEAD", "/store/products/")
    assert (head.status, head.content) == (200, b"")
    options = guest.send("OPTIONS", "/store/products/")
    assert (options.status, options.headers["Allow"]) == (200, "GET, POST, HEAD, OPTIONS")


def test_answer_is_json_whatever_a_browser_prefers(guest):
    accept = "text/html,application/xhtml+xml,*/*;q=0.8"
    assert guest.get("/store/products/", Accept=accept).headers["Content-Type"] == "application/json"


def test_answer_that_cannot_be_given(guest):
    answer = guest.get("/store/products/", Accept="application/xml")
    assert (answer.status, answer.body["code"]) == (406, "not_acceptable")


def test_unicode_leaves_as_utf_8(guest):
    make_item(title="Diya – दीया 🪔")
    assert "Diya – दीया 🪔".encode() in guest.get("/store/products/").content


def test_cors_for_a_known_origin(guest, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://shop.example"]
    answer = guest.get("/store/products/", Origin="https://shop.example")
    assert answer.headers["Access-Control-Allow-Origin"] == "https://shop.example"
    exposed = "etag, idempotent-replayed, last-modified, retry-after, www-authenticate"
    assert answer.headers["Access-Control-Expose-Headers"] == exposed
    preflight = guest.send(
        "OPTIONS",
        "/store/orders/",
        Origin="https://shop.example",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers="authorization,content-type,idempotency-key",
    )
    assert (preflight.status, "idempotency-key" in preflight.headers["Access-Control-Allow-Headers"]) == (
        200,
        True,
    )


def test_cors_for_an_unknown_origin(guest, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://shop.example"]
    answer = guest.get("/store/products/", Origin="https://evil.example")
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_cors_only_for_the_api(guest, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://shop.example"]
    answer = guest.get("/health/live/", Origin="https://shop.example")
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_no_csrf_token_needed(guest, shopper):
    for api in (guest, shopper):
        api.client.handler.enforce_csrf_checks = True
        assert api.post("/store/carts/", {}).status == 201


def test_a_session_is_no_authentication(guest, customer):
    guest.client.force_login(customer.user)
    assert guest.get("/auth/users/me/").status == 401


@pytest.fixture
def throttled(monkeypatch):
    """Throttling as production has it, with rates that a test can reach."""
    monkeypatch.setattr(APIView, "throttle_classes", [AnonymousThrottle, CustomerThrottle])
    rates = {"anonymous": "3/min", "customer": "2/min", "login": "20/min", "login_account": "1/min"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)


def test_throttled_anonymous(guest, throttled):
    assert [guest.get("/store/collections/").status for _ in range(3)] == [200, 200, 200]
    answer = guest.get("/store/collections/")
    assert (answer.status, answer.body["code"]) == (429, "throttled")
    seconds = int(answer.headers["Retry-After"])
    assert 50 <= seconds <= 60
    assert answer.body["detail"] == f"Request was throttled. Expected available in {seconds} seconds."


def test_throttled_customer(shopper, stranger, throttled):
    assert [shopper.get("/store/orders/").status for _ in range(3)] == [200, 200, 429]
    assert stranger.get("/store/orders/").status == 200


def test_throttled_sign_in(guest, throttled):
    body = {"username": "asha", "password": "x"}
    assert [guest.post("/auth/jwt/create/", body).status for _ in range(2)] == [401, 429]


def test_throttle_is_not_fooled_by_a_forged_address(guest, throttled, monkeypatch):
    monkeypatch.setattr(api_settings, "NUM_PROXIES", 0)
    statuses = [guest.get("/store/collections/", X_Forwarded_For=f"10.0.0.{n}").status for n in range(4)]
    assert statuses == [200, 200, 200, 429]


def test_webhook_is_never_throttled(guest, throttled):
    assert {guest.post("/payments/webhook/", {}).status for _ in range(5)} == {400}


def test_throttling_is_off_where_settings_say_so(guest):
    assert APIView.throttle_classes == []
    assert {guest.get("/store/collections/").status for _ in range(30)} == {200}


def test_token_of_a_user_works_on_public_routes(customer):
    assert Api(token=make_access(customer.user)).get("/store/products/").status == 200
