"""Requests whose process died, or that are still at work: leases of an `Idempotency-Key`."""

from datetime import timedelta

import pytest
from django.utils import timezone

from api.models import IdempotentRequest
from api.services import idempotency
from api.services.idempotency import LEASE
from checkout.models import Order, PaymentIntent, Refund
from shop.models import Product
from tests.api.test_idempotency import GUEST_ORDERS, INTENTS, ORDERS, REUSED, end_lease, post
from tests.api.wire import detail_body, sign_in
from tests.factories.carts import make_cart, make_full_cart
from tests.factories.catalogue import make_item
from tests.factories.orders import ADDRESS, make_order, make_paid_order
from tests.factories.users import make_admin

pytestmark = pytest.mark.django_db

IN_FLIGHT = (
    409,
    detail_body(
        "A request with this Idempotency-Key is still being processed. Please try again.",
        "idempotency_in_flight",
    ),
)


@pytest.fixture
def cart(customer):
    return make_full_cart(customer=customer)


def leave_in_flight() -> None:
    """As if the process had died before its answer was kept."""
    IdempotentRequest.objects.update(status=None, content="")


def test_key_in_flight(shopper, cart):
    post(shopper, ORDERS, {"cart_id": str(cart.pk)})
    leave_in_flight()
    answer = post(shopper, ORDERS, {"cart_id": str(cart.pk)})
    assert answer.told == IN_FLIGHT
    assert answer.headers["Retry-After"] == "2"
    assert post(shopper, ORDERS, {"cart_id": str(make_full_cart().pk)}).told == REUSED


def test_order_resumed_after_the_lease(shopper, customer):
    product = make_item(inventory=5)
    body = {"cart_id": str(make_cart((product, 2), customer=customer).pk), "address": ADDRESS}
    first = post(shopper, ORDERS, body)
    leave_in_flight()
    end_lease()
    resumed = post(shopper, ORDERS, body)
    assert (resumed.told, "Idempotent-Replayed" in resumed.headers) == (first.told, False)
    assert (Order.objects.count(), Product.objects.get(pk=product.pk).inventory) == (1, 3)
    assert post(shopper, ORDERS, body).headers["Idempotent-Replayed"] == "true"


def test_guest_order_resumed_after_the_lease(guest):
    body = {"cart_id": str(make_full_cart().pk), "email": "guest@example.com", "address": ADDRESS}
    first = post(guest, GUEST_ORDERS, body)
    leave_in_flight()
    end_lease()
    resumed = post(guest, GUEST_ORDERS, body)
    assert (first.status, resumed.told, Order.objects.count()) == (200, first.told, 1)
    replayed = post(guest, GUEST_ORDERS, body)
    assert (replayed.content, replayed.headers["Idempotent-Replayed"]) == (resumed.content, "true")


def test_payment_intent_resumed_after_the_lease(shopper, customer, simulator):
    body = {"order_id": make_order(customer=customer).pk}
    first = post(shopper, INTENTS, body)
    leave_in_flight()
    end_lease()
    resumed = post(shopper, INTENTS, body)
    assert (first.status, resumed.body["payment_intent"]) == (201, first.body["payment_intent"])
    assert (post(shopper, INTENTS, body).status, PaymentIntent.objects.count()) == (201, 1)


def test_resumed_request_that_had_no_effect_yet(shopper, cart, monkeypatch):
    """It died after its key was written and before the order was."""
    monkeypatch.setattr("api.views.orders.place_order", lambda **fields: 1 / 0)
    monkeypatch.setattr("api.idempotency.release_key", lambda **fields: None)
    assert post(shopper, ORDERS, {"cart_id": str(cart.pk)}).status == 500
    monkeypatch.undo()
    assert post(shopper, ORDERS, {"cart_id": str(cart.pk)}).told == IN_FLIGHT
    end_lease()
    assert post(shopper, ORDERS, {"cart_id": str(cart.pk)}).status == 200
    assert Order.objects.count() == 1


@pytest.mark.parametrize(("left", "wait"), [(60, 2), (2, 2), (1.5, 2), (0.4, 1)])
def test_wait_is_short_and_ends_with_the_lease(left, wait):
    now = timezone.now()
    idempotency.claim_key(digest="d", fingerprint="f", now=now - LEASE + timedelta(seconds=left))
    with pytest.raises(idempotency.KeyInFlight) as refused:
        idempotency.claim_key(digest="d", fingerprint="f", now=now)
    assert refused.value.wait == wait


def test_late_try_does_not_overwrite_the_one_that_took_over(cart):
    now = timezone.now()
    late = idempotency.claim_key(digest="d", fingerprint="f", now=now)
    heir = idempotency.claim_key(digest="d", fingerprint="f", now=now + LEASE)
    assert (heir.pk, heir.effect_key, heir.owner == late.owner) == (late.pk, late.effect_key, False)
    idempotency.keep_answer(row=late, status=400, content="late")
    idempotency.release_key(row=late, now=now)
    idempotency.keep_answer(row=heir, status=200, content="heir")
    row = IdempotentRequest.objects.get()
    assert (row.status, row.content) == (200, "heir")


def test_refund_resumed_after_the_lease(customer):
    order = make_paid_order(customer=customer)
    api, path = sign_in(make_admin()), f"/store/orders/{order.pk}/refunds/"
    body = {"amount": "1.00", "reason": "Scratched"}
    first = post(api, path, body)
    leave_in_flight()
    end_lease()
    resumed, replayed = post(api, path, body), post(api, path, body)
    assert (first.status, resumed.told, Refund.objects.count()) == (201, first.told, 1)
    assert (replayed.content, replayed.headers["Idempotent-Replayed"]) == (first.content, "true")
