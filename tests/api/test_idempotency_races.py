"""One key at once, and a process that is killed. On SQLite's file and on MariaDB, over real connections."""

import os
import signal
from collections import Counter
from functools import partial

import pytest
from django.db import connections
from django.utils import timezone

from api.models import IdempotentRequest
from api.services.idempotency import claim_key
from checkout.invariants import CHECKS
from checkout.models import Order, PaymentIntent
from checkout.services.orders import place_order
from notifications.models import OutgoingEmail
from shop.models import Product
from tests.api.wire import Answer, Api, sign_in
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item, warm_settings
from tests.factories.orders import ADDRESS, make_buyer, make_order
from tests.factories.users import make_customer
from tests.parallel import run_at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ORDERS, GUEST_ORDERS, INTENTS = "/store/orders/", "/store/guest-orders/", "/payments/create-payment-intent/"
AT_ONCE = 50


@pytest.fixture(autouse=True)
def _warm_settings():
    warm_settings()


def expect_invariants() -> None:
    assert [complaint for check in CHECKS for complaint in check()] == []


def post(api: Api, path: str, body: dict) -> Answer:
    return api.post(path, body, Idempotency_Key="one-key")


def post_at_once(api: Api, path: str, body: dict) -> list[Answer]:
    """Fifty requests, each with a client of its own."""
    clients = [Api() for _ in range(AT_ONCE)]
    for client in clients:
        client.headers = api.headers
    return run_at_once([partial(post, client, path, body) for client in clients])


def expect_one_answer(answers: list[Answer], status: int) -> None:
    """One request made it; others got the same bytes, or were told to come again."""
    done = [answer for answer in answers if answer.status == status]
    assert len({answer.content for answer in done}) == 1
    assert sum("Idempotent-Replayed" not in answer.headers for answer in done) == 1
    others = Counter((answer.status, answer.body["code"]) for answer in answers if answer.status != status)
    assert others == Counter({(409, "idempotency_in_flight"): AT_ONCE - len(done)})


@pytest.mark.parametrize("path", [ORDERS, GUEST_ORDERS])
def test_fifty_orders_with_one_key_are_one_order(path):
    product = make_item(inventory=100)
    cart = make_cart((product, 2))
    body = {"cart_id": str(cart.pk), "email": "asha@example.com", "address": ADDRESS}
    api = sign_in(make_customer().user) if path == ORDERS else Api()
    answers = post_at_once(api, path, body)
    expect_one_answer(answers, 200)
    assert (Order.objects.count(), Product.objects.get(pk=product.pk).inventory) == (1, 98)
    assert post(api, path, body).headers["Idempotent-Replayed"] == "true"
    expect_invariants()


def test_fifty_payments_opened_with_one_key_are_one_intent(simulator):
    customer = make_customer()
    body = {"order_id": make_order(customer=customer).pk}
    expect_one_answer(post_at_once(sign_in(customer.user), INTENTS, body), 201)
    assert PaymentIntent.objects.count() == 1


def test_retries_of_a_dead_request_are_taken_over_once():
    now = timezone.now()
    claim_key(digest="d", fingerprint="f", now=now)
    IdempotentRequest.objects.update(leased_until=now)
    results = run_at_once([partial(claim_key, digest="d", fingerprint="f", now=now)] * 12)
    assert Counter(type(result).__name__ for result in results) == {"IdempotentRequest": 1, "KeyInFlight": 11}


def post_and_die(api: Api, path: str, body: dict, *, before: str) -> None:
    """In a process of its own that is killed as it is about to call `before`."""
    connections.close_all()  # a connection belongs to one process
    child = os.fork()
    if child == 0:
        try:
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(before, lambda **fields: os.kill(os.getpid(), signal.SIGKILL))
                post(api, path, body)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL


@pytest.mark.parametrize("path", [ORDERS, GUEST_ORDERS])
def test_request_killed_between_effect_and_answer_is_resumed(path):
    product = make_item(inventory=10)
    body = {"cart_id": str(make_cart((product, 3)).pk), "email": "asha@example.com", "address": ADDRESS}
    api = sign_in(make_customer().user) if path == ORDERS else Api()

    post_and_die(api, path, body, before="api.idempotency.keep_answer")

    order = Order.objects.get()
    in_flight = post(api, path, body)
    assert (in_flight.status, in_flight.body["code"]) == (409, "idempotency_in_flight")
    assert 0 < int(in_flight.headers["Retry-After"]) <= 60
    IdempotentRequest.objects.update(leased_until=timezone.now())  # the minute goes by
    resumed, replayed = post(api, path, body), post(api, path, body)
    assert (resumed.status, resumed.body["id"]) == (200, order.pk)
    assert (replayed.content, replayed.headers["Idempotent-Replayed"]) == (resumed.content, "true")
    assert (Order.objects.count(), Product.objects.get(pk=product.pk).inventory) == (1, 7)
    assert OutgoingEmail.objects.count() == 1
    expect_invariants()


def test_request_killed_before_its_effect_is_made_once():
    product = make_item(inventory=10)
    body = {"cart_id": str(make_cart((product, 3)).pk)}
    api = sign_in(make_customer().user)

    post_and_die(api, ORDERS, body, before="api.views.orders.place_order")

    assert (Order.objects.count(), IdempotentRequest.objects.count()) == (0, 1)
    assert post(api, ORDERS, body).status == 409
    IdempotentRequest.objects.update(leased_until=timezone.now())
    assert [answer.status for answer in (post(api, ORDERS, body), post(api, ORDERS, body))] == [200, 200]
    assert (Order.objects.count(), Product.objects.get(pk=product.pk).inventory) == (1, 7)
    expect_invariants()


def test_payment_killed_between_effect_and_answer_is_resumed(simulator):
    customer = make_customer()
    api, body = sign_in(customer.user), {"order_id": make_order(customer=customer).pk}

    post_and_die(api, INTENTS, body, before="api.idempotency.keep_answer")

    intent = PaymentIntent.objects.get()
    IdempotentRequest.objects.update(leased_until=timezone.now())
    resumed = post(api, INTENTS, body)
    assert (resumed.status, resumed.body["payment_intent"]["id"]) == (201, intent.pk)
    assert PaymentIntent.objects.count() == 1


def test_dead_request_retried_at_once_is_resumed_once():
    product = make_item(inventory=10)
    body = {"cart_id": str(make_cart((product, 3)).pk)}
    api = sign_in(make_customer().user)
    post_and_die(api, ORDERS, body, before="api.idempotency.keep_answer")
    IdempotentRequest.objects.update(leased_until=timezone.now())
    expect_one_answer(post_at_once(api, ORDERS, body), 200)
    assert (Order.objects.count(), Product.objects.get(pk=product.pk).inventory) == (1, 7)


def test_slow_request_that_outlives_its_lease_makes_no_second_effect():
    """Tries of one request that all reach the effect: the unique key on the order decides."""
    product = make_item(inventory=10)
    cart, buyer, now = make_cart((product, 3)), make_buyer(), timezone.now()
    place = partial(place_order, cart_id=cart.pk, buyer=buyer, now=now, idempotency_key="k")
    results = run_at_once([place] * 10)
    assert {order.pk for order in results} == {Order.objects.get().pk}
    assert place().pk == Order.objects.get().pk
    assert Product.objects.get(pk=product.pk).inventory == 7
