"""A flood of webhooks, each three times and in no order, while the browsers come back: one effect a payment."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from checkout.models import Order, OrderTransition, Payment, Refund, WebhookEvent
from checkout.selectors.orders import make_order_token
from notifications.models import OutgoingEmail
from tests.factories.orders import make_intent, make_order
from tests.races.servers import Web
from tests.races.stage import EVENTS, Post, count_statuses, expect_invariants, make_products

EVENTS_OF_A_PAYMENT = 3  # payment.authorized, payment.captured, order.paid
COPIES = 3
BROWSERS = 8
WAIT_SECONDS = 900


def pay_silently(web: Web, count: int) -> list[Post]:
    """Paid at Razorpay, whose webhooks wait. Returns what the browsers bring back."""
    (product,) = make_products(1, inventory=count)
    web.simulator.fault("drop_webhook", times=0)
    posts = []
    for number in range(count):
        placed = make_order((product, 1), email=f"buyer-{number}@example.com")
        razorpay_order_id = web.simulator.create_order(int(placed.total * 100))
        make_intent(placed, razorpay_order_id=razorpay_order_id)
        told = web.simulator.control("/payments", {"order_id": razorpay_order_id, "story": "captured"})
        fields = {**told["payments"][0]["response"], "order_token": make_order_token(placed)}
        posts.append(("/payments/verify-payment/", fields))
    web.simulator.control("/faults", method="DELETE")
    return posts


def list_new_events(web: Web, seen: int) -> list[dict[str, Any]]:
    return web.simulator.control("/events", method="GET")["events"][seen:]


def expect_one_effect_each(count: int) -> None:
    assert Counter(Payment.objects.values_list("status", "effect")) == {("captured", "applied"): count}
    assert Refund.objects.count() == 0
    assert set(Order.objects.values_list("status", flat=True)) == {"paid"}
    # Placed once, paid once, and never moved again.
    moves = Counter(OrderTransition.objects.values_list("from_status", "to_status"))
    assert moves == {("", "placed"): count, ("placed", "paid"): count}
    confirmations = OutgoingEmail.objects.filter(purpose__startswith="order-confirmation:")
    assert confirmations.count() == count
    expect_invariants()


def test_flood_of_webhooks_and_browsers_has_one_effect_a_payment(web: Web, worker):
    count, seen = EVENTS // EVENTS_OF_A_PAYMENT, len(list_new_events(web, 0))
    posts = pay_silently(web, count)
    assert len(list_new_events(web, seen)) == count * EVENTS_OF_A_PAYMENT
    web.simulator.control("/events/replay", {"copies": COPIES, "shuffled": True, "seed": 1})
    with ThreadPoolExecutor(BROWSERS) as browsers:
        answers = list(browsers.map(lambda post: web.post(*post), posts))
    assert count_statuses(answers) == {200: count}

    wait_until_heard(web, seen)
    expect_one_effect_each(count)


def wait_until_heard(web: Web, seen: int) -> None:
    """Until every copy was accepted and every event was processed."""
    ends_at = time.monotonic() + WAIT_SECONDS
    while True:
        events = list_new_events(web, seen)
        done = WebhookEvent.objects.filter(status="processed").count()
        if done == len(events) and all(event["delivered"] == COPIES for event in events):
            return
        states = Counter(WebhookEvent.objects.values_list("status", flat=True))
        assert time.monotonic() < ends_at, f"{states} of {len(events)}"
        time.sleep(0.5)


def test_shop_that_forgets_what_it_heard_acts_twice(web: Web):
    """The negative control: the second report of the same money would be taken for a second payment."""
    (fields,) = [body for _, body in pay_silently(web, 1)]
    heard = {"payment_id": fields["razorpay_payment_id"]}
    answers = [web.post("/races/hear/", heard, without="memory") for _ in range(COPIES)]
    assert [answer.body["result"] for answer in answers[:2]] == ["applied", "surplus"]
    assert Refund.objects.exists()
    with pytest.raises(AssertionError):
        expect_one_effect_each(1)
