"""`Idempotency-Key`: the same request has one effect and one answer."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from api.models import IdempotentRequest
from api.services import idempotency
from api.services.idempotency import remove_outdated_requests
from api.tasks import clean_requests
from checkout.gateways.razorpay import GatewayUnavailable
from checkout.models import Order, PaymentIntent
from database.transactions import Busy
from shop.models import Product
from tests.api.wire import ENCODINGS, Api, detail_body, field_body, sign_in
from tests.factories.carts import make_cart, make_full_cart
from tests.factories.catalogue import make_item
from tests.factories.orders import ADDRESS, make_order

pytestmark = pytest.mark.django_db

ORDERS, GUEST_ORDERS, INTENTS = "/store/orders/", "/store/guest-orders/", "/payments/create-payment-intent/"
KEY = "4b5c1f0e-first"
REUSED = (
    422,
    detail_body(
        "This Idempotency-Key was used for another request. Please use a new one.", "idempotency_key_reused"
    ),
)
UNUSABLE = (400, detail_body("An Idempotency-Key has 1 to 255 characters.", "idempotency_key_invalid"))


@pytest.fixture
def cart(customer):
    return make_full_cart(customer=customer)


def post(api: Api, path: str, body: dict, key: str = KEY, encoding: str = "json"):
    return api.post(path, body, encoding, Idempotency_Key=key)


def end_lease() -> None:
    IdempotentRequest.objects.update(leased_until=timezone.now())


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_order_again_with_the_same_key(shopper, cart, encoding):
    body = {"cart_id": str(cart.pk), "address": ADDRESS}
    first, again = (post(shopper, ORDERS, body, encoding=encoding) for _ in range(2))
    assert (first.status, again.told, again.content) == (200, first.told, first.content)
    assert ("Idempotent-Replayed" in first.headers, again.headers["Idempotent-Replayed"]) == (False, "true")
    assert again.headers["Content-Type"] == "application/json"
    assert Order.objects.count() == 1


def test_order_carries_the_key_of_its_effect(shopper, cart):
    post(shopper, ORDERS, {"cart_id": str(cart.pk)})
    assert Order.objects.get().idempotency_key == IdempotentRequest.objects.get().effect_key


def test_order_again_with_the_body_in_another_order(shopper, cart):
    first = shopper.send(
        "POST", ORDERS, b'{"cart_id":"%s","note":"x"}' % str(cart.pk).encode(), Idempotency_Key=KEY
    )
    again = shopper.send(
        "POST", ORDERS, b'{"note":"x", "cart_id":"%s"}' % str(cart.pk).encode(), Idempotency_Key=KEY
    )
    assert (first.status, again.told) == (200, first.told)


def test_order_without_a_key_is_not_replayed(shopper, cart):
    body = {"cart_id": str(cart.pk)}
    assert [shopper.post(ORDERS, body).status for _ in range(2)] == [200, 400]
    assert (IdempotentRequest.objects.count(), Order.objects.get().idempotency_key) == (0, None)


def test_key_with_another_body(shopper, cart):
    post(shopper, ORDERS, {"cart_id": str(cart.pk)})
    assert post(shopper, ORDERS, {"cart_id": str(cart.pk), "note": "Ring twice"}).told == REUSED
    assert post(shopper, ORDERS, {"cart_id": str(make_full_cart().pk)}).told == REUSED
    assert Order.objects.count() == 1


def test_key_with_another_path(shopper, cart):
    order = post(shopper, ORDERS, {"cart_id": str(cart.pk)})
    assert post(shopper, INTENTS, {"order_id": order.body["id"]}).told == REUSED


def test_keys_belong_to_who_uses_them(shopper, stranger, guest, cart):
    mine = post(shopper, ORDERS, {"cart_id": str(cart.pk)})
    other = post(stranger, ORDERS, {"cart_id": str(make_full_cart().pk)})
    body = {"cart_id": str(make_full_cart().pk), "email": "guest@example.com", "address": ADDRESS}
    guests = post(guest, GUEST_ORDERS, body)
    assert [answer.status for answer in (mine, other, guests)] == [200, 200, 200]
    assert len({answer.body["id"] for answer in (mine, other, guests)}) == 3


def test_another_customer_with_the_same_key_and_body(shopper, stranger, cart):
    """The answer of one shopper never reaches another."""
    post(shopper, ORDERS, {"cart_id": str(cart.pk)})
    answer = post(stranger, ORDERS, {"cart_id": str(cart.pk)})
    assert answer.told == (400, field_body(cart_id=["No cart with the given ID was found"]))


def test_keys_differ_by_case(shopper):
    bodies = [{"cart_id": str(make_full_cart().pk)} for _ in range(2)]
    answers = [post(shopper, ORDERS, body, key) for body, key in zip(bodies, ("KEY", "key"), strict=True)]
    assert [answer.status for answer in answers] == [200, 200]


@pytest.mark.parametrize(("key", "status"), [("x" * 255, 200), ("x" * 256, 400), ("", 400)])
def test_length_of_a_key(shopper, cart, key, status):
    answer = post(shopper, ORDERS, {"cart_id": str(cart.pk)}, key)
    assert answer.status == status
    assert status == 200 or answer.told == UNUSABLE


def test_refusal_is_kept(shopper, customer):
    product = make_item(inventory=1)
    body = {"cart_id": str(make_cart((product, 2), customer=customer).pk)}
    first = post(shopper, ORDERS, body)
    Product.objects.update(inventory=9)
    again = post(shopper, ORDERS, body)
    assert (first.status, first.body["code"]) == (409, "out_of_stock")
    assert (again.content, again.headers["Idempotent-Replayed"]) == (first.content, "true")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [(ORDERS, {"cart_id": "nonsense"}, 400), (INTENTS, {"order_id": 987654}, 400)],
)
def test_bad_request_is_kept(shopper, path, body, status):
    answers = [post(shopper, path, body) for _ in range(2)]
    assert [answer.status for answer in answers] == [status, status]
    assert answers[1].headers["Idempotent-Replayed"] == "true"


def test_body_that_is_broken_claims_no_key(shopper, cart):
    assert shopper.send("POST", ORDERS, b"{", Idempotency_Key=KEY).status == 400
    assert post(shopper, ORDERS, {"cart_id": str(cart.pk)}).status == 200


def test_body_that_is_deep(shopper):
    body = b'{"cart_id":' + b"[" * 900 + b"]" * 900 + b"}"
    assert shopper.send("POST", ORDERS, body, Idempotency_Key=KEY).status == 400


def test_anonymous_claims_no_key(guest, cart):
    assert post(guest, ORDERS, {"cart_id": str(cart.pk)}).status == 401
    assert IdempotentRequest.objects.count() == 0


def test_gateway_away_is_not_kept(shopper, customer, monkeypatch):
    def fail(**fields):
        raise GatewayUnavailable("away")

    body = {"order_id": make_order(customer=customer).pk}
    monkeypatch.setattr("api.views.payments.open_payment", fail)
    assert [post(shopper, INTENTS, body).status for _ in range(2)] == [503, 503]
    assert post(shopper, INTENTS, {"order_id": 0}).told == REUSED


def test_gateway_that_comes_back(shopper, customer, simulator, settings):
    body = {"order_id": make_order(customer=customer).pk}
    settings.RAZORPAY_API_URL, there = "http://127.0.0.1:9", settings.RAZORPAY_API_URL
    assert post(shopper, INTENTS, body).status == 503
    settings.RAZORPAY_API_URL = there
    assert (post(shopper, INTENTS, body).status, PaymentIntent.objects.count()) == (201, 1)


def test_too_many_unpaid_is_not_kept(shopper, cart, settings):
    settings.ORDER_UNPAID_LIMIT = 0
    assert post(shopper, ORDERS, {"cart_id": str(cart.pk)}).status == 429
    settings.ORDER_UNPAID_LIMIT = 5
    assert post(shopper, ORDERS, {"cart_id": str(cart.pk)}).status == 200


def test_unexpected_error_is_not_kept(shopper, cart, monkeypatch):
    monkeypatch.setattr("api.views.orders.place_order", lambda **fields: 1 / 0)
    answer = post(shopper, ORDERS, {"cart_id": str(cart.pk)})
    assert (answer.status, answer.body["code"]) == (500, "server_error")
    monkeypatch.undo()
    assert post(shopper, ORDERS, {"cart_id": str(cart.pk)}).status == 200


@pytest.mark.parametrize("error", [Busy("busy"), OperationalError(2013, "Lost connection")])
def test_answer_that_cannot_be_kept_is_given_all_the_same(shopper, cart, monkeypatch, caplog, error):
    def fail(**fields):
        raise error

    monkeypatch.setattr("api.idempotency.keep_answer", fail)
    first = post(shopper, ORDERS, {"cart_id": str(cart.pk)})
    monkeypatch.undo()
    end_lease()
    assert (first.status, post(shopper, ORDERS, {"cart_id": str(cart.pk)}).told) == (200, first.told)
    assert "could not be kept" in caplog.text


@pytest.mark.parametrize("error", [Busy("busy"), OperationalError(2006, "Gone"), OperationalError("odd")])
def test_key_is_free_at_once_where_the_effect_did_not_happen(shopper, cart, monkeypatch, error):
    def fail(**fields):
        raise error

    monkeypatch.setattr("api.views.orders.place_order", fail)
    assert post(shopper, ORDERS, {"cart_id": str(cart.pk)}).status in (500, 503)
    monkeypatch.undo()
    assert post(shopper, ORDERS, {"cart_id": str(cart.pk)}).status == 200


def test_key_is_new_after_a_day(shopper, cart):
    first = post(shopper, ORDERS, {"cart_id": str(cart.pk)})
    IdempotentRequest.objects.update(created_at=timezone.now() - timedelta(hours=24))
    body = {"cart_id": str(make_full_cart().pk)}
    second = post(shopper, ORDERS, body)
    assert (second.status, second.body["id"] == first.body["id"]) == (200, False)
    assert post(shopper, ORDERS, body).headers["Idempotent-Replayed"] == "true"


def test_key_of_a_customer_who_signed_in_anew(customer, cart):
    first = post(sign_in(customer.user), ORDERS, {"cart_id": str(cart.pk)})
    again = post(sign_in(customer.user), ORDERS, {"cart_id": str(cart.pk)})
    assert again.content == first.content


def test_remove_outdated_requests(monkeypatch):
    now = timezone.now()
    for age in (0, 23, 24, 25, 300):
        idempotency.claim_key(digest=str(age), fingerprint="f", now=now - timedelta(hours=age))
    monkeypatch.setattr(idempotency, "CLEANED_AT_ONCE", 2)
    assert (remove_outdated_requests(), remove_outdated_requests()) == (3, 0)
    assert set(IdempotentRequest.objects.values_list("digest", flat=True)) == {"0", "23"}
    clean_requests()


def test_row_is_called_by_its_digest():
    assert str(IdempotentRequest(digest="abc")) == "abc"


def guest_body() -> dict:
    return {"cart_id": str(make_full_cart().pk), "email": "guest@example.com", "address": ADDRESS}


def test_guests_do_not_share_their_keys(guest):
    """Whoever knows a cart is another guest: the key of one says nothing about another's."""
    answers = [post(guest, GUEST_ORDERS, body) for body in (guest_body(), guest_body())]
    assert [answer.status for answer in answers] == [200, 200]
    tokens = [answer.body["token"] for answer in answers]
    intents = [post(guest, INTENTS, {"order_token": token}) for token in (*tokens, "forged")]
    assert [answer.status for answer in intents[2:]] == [400]
    assert IdempotentRequest.objects.count() == 5


def test_guest_with_another_body(guest):
    body = guest_body()
    assert post(guest, GUEST_ORDERS, body).status == 200
    assert post(guest, GUEST_ORDERS, {**body, "note": "Ring twice"}).told == REUSED


def test_token_of_a_guest_is_not_kept(guest):
    """Told again, and still in no row: whoever reads the table opens no order."""
    body = guest_body()
    first = post(guest, GUEST_ORDERS, body)
    assert first.body["token"] not in IdempotentRequest.objects.get().content
    again = post(guest, GUEST_ORDERS, body)
    assert (again.content, again.headers["Idempotent-Replayed"]) == (first.content, "true")


def test_refusal_of_a_guest_is_kept_too(guest):
    body = {**guest_body(), "email": "nonsense"}
    first, again = (post(guest, GUEST_ORDERS, body) for _ in range(2))
    assert (first.status, again.content) == (400, first.content)
