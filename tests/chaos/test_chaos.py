"""Everything is killed, again and again, while people buy: what the shop said yes to is there, and agrees.

`CHAOS_KILLS` is how often each component is killed. It prints what it did and what it checked.
"""

import json
import os
import random
import threading
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from tests.chaos.cluster import NAMES, Cluster
from tests.chaos.components import Component
from tests.chaos.shoppers import Memory, Shopper, buy
from tests.journeys.client import send

KILLS = int(os.environ.get("CHAOS_KILLS", "3"))
SHOPPERS = 16
DRAIN_SECONDS = 60
SETTLE_SECONDS = 240
READING = ("/", "/store/products/", "/store/collections/", "/cart/")

# Asked of the shop's own models, printed as JSON.
DUE_MAILS = """
from django.utils import timezone
from notifications.models import OutgoingEmail
print(OutgoingEmail.objects.due(timezone.now()).count())
"""
STATES = """
import json
from checkout.models import Order, Payment, WebhookEvent
from notifications.models import OutgoingEmail
from collections import Counter
print(json.dumps({
    "orders": dict(Order.objects.values_list("pk", "status")),
    "payments": dict(Payment.objects.values_list("provider_id", "effect")),
    "events": Counter(WebhookEvent.objects.values_list("status", flat=True)),
    "mails": Counter(OutgoingEmail.objects.values_list("status", flat=True)),
}))
"""


@pytest.fixture
def tell(capsys) -> Callable[[str], None]:
    """Print at once, however pytest captures."""

    def tell(sentence: str) -> None:
        with capsys.disabled():
            print(f"  {sentence}", flush=True)

    return tell


def find_products(cluster: Cluster) -> list[int]:
    listed = send(f"{cluster.url}/store/products/?in_stock=true&page_size=100", method="GET").body
    return [item["id"] for item in listed["results"]]


def harass(component: Component, faults: list[BaseException]) -> None:
    """Kill it at a random moment, as soon as it is there again."""
    try:
        while component.kills < KILLS:
            time.sleep(random.uniform(0.3, 3))
            component.wait_until_ready()
            component.kill()
        component.wait_until_ready()
    except BaseException as error:
        faults.append(error)


def run_and_kill(cluster: Cluster, memory: Memory) -> None:
    stop, faults = threading.Event(), []
    products = find_products(cluster)
    shoppers = [Shopper(cluster, memory, products, stop) for _ in range(SHOPPERS)]
    killers = [threading.Thread(target=harass, args=(cluster.components[name], faults)) for name in NAMES]
    for thread in (*shoppers, *killers):
        thread.start()
    for thread in killers:
        thread.join()
    stop.set()
    for thread in shoppers:
        thread.join()
    assert faults == []


def read_states(cluster: Cluster) -> dict[str, Any]:
    return json.loads(cluster.ask(STATES))


def list_captured(cluster: Cluster) -> set[str]:
    """What Razorpay took."""
    captured, page = set(), 0
    while True:
        url = f"{cluster.simulator_url}/v1/payments?count=100&skip={page * 100}"
        request = urllib.request.Request(url, headers={"Authorization": BASIC})
        with urllib.request.urlopen(request, timeout=20) as answer:
            items = json.load(answer)["items"]
        captured |= {item["id"] for item in items if item["captured"]}
        page += 1
        if len(items) < 100:
            return captured


BASIC = "Basic cnpwX3Rlc3RfaGFhdHNpbXVsYXRvcjpoYWF0LXNpbXVsYXRvci1rZXktc2VjcmV0"


def wait_until(condition: Callable[[], bool], seconds: float) -> float:
    """How long it took, in seconds."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, f"not within {seconds} seconds"
        time.sleep(1)
    return time.monotonic() - started


def is_money_known(cluster: Cluster) -> bool:
    effects = read_states(cluster)["payments"]
    return all(effects.get(payment) for payment in list_captured(cluster))


def test_kills_lose_nothing(cluster: Cluster, tell):
    memory, started = Memory(), time.monotonic()
    run_and_kill(cluster, memory)
    cluster.wait_until_ready()
    kills = {name: component.kills for name, component in cluster.components.items()}
    tell(f"{sum(kills.values())} kills in {time.monotonic() - started:.0f} s: {kills}")
    tell(f"checkouts: {dict(sorted(memory.counts.items()))}")
    assert all(count >= KILLS for count in kills.values())
    assert memory.counts["ordered"] > 0

    seconds = wait_until(lambda: cluster.ask(DUE_MAILS) == "0", DRAIN_SECONDS)
    tell(f"mail outbox drained in {seconds:.0f} s")
    seconds = wait_until(lambda: is_money_known(cluster), SETTLE_SECONDS)
    tell(f"every captured payment has its effect after {seconds:.0f} s")
    expect_nothing_lost(cluster, memory, tell)


def expect_nothing_lost(cluster: Cluster, memory: Memory, tell) -> None:
    states = read_states(cluster)
    orders = {int(number): status for number, status in states["orders"].items()}
    assert memory.orders.keys() <= orders.keys()
    for token in memory.orders.values():
        assert send(f"{cluster.url}/store/guest-orders/{token}/", method="GET").status == 200
    tell(f"{len(memory.orders)} acknowledged orders are there, {len(memory.paid)} acknowledged payments too")
    assert {orders[number] for number in memory.paid} <= {"paid"}
    tell(f"payments: {len(states['payments'])}, webhooks: {states['events']}, mails: {states['mails']}")
    assert [identifier for identifier, count in cluster.mail.taken.items() if count > 1] == []
    tell(f"{len(cluster.mail.taken)} mails arrived, none twice")
    checked = cluster.manage("check_invariants")
    assert checked.returncode == 0, checked.stdout
    tell(f"check_invariants: {checked.stdout.strip()}")


@pytest.mark.parametrize(
    "lie", [{"orders": {10**9: "nobody's token"}}, {"paid": {10**9}}], ids=["order", "payment"]
)
def test_loss_is_noticed(cluster: Cluster, tell, lie):
    """The negative control: the shop said yes to something that is not there."""
    with pytest.raises((AssertionError, KeyError)):
        expect_nothing_lost(cluster, Memory(**lie), tell)


def read_pages(cluster: Cluster, product_id: int) -> None:
    for path in (*READING, f"/store/products/{product_id}/"):
        with urllib.request.urlopen(cluster.url + path, timeout=20) as answer:
            assert answer.status == 200


def test_shop_is_open_while_redis_is_down(cluster: Cluster, tell):
    product_id, memory = find_products(cluster)[0], Memory()
    redis = cluster.components["redis"]
    redis.end()
    started = time.monotonic()
    try:
        read_pages(cluster, product_id)
        tell(f"browsing while Redis is down: {len(READING) + 1} pages in {time.monotonic() - started:.1f} s")
        buy(cluster, memory, product_id, closes_browser=False)
        assert memory.paid == memory.orders.keys() != set()
        tell("an order was placed and paid while Redis is down")
    finally:
        redis.start()
        redis.wait_until_ready()
    seconds = wait_until(lambda: cluster.ask(DUE_MAILS) == "0", DRAIN_SECONDS)
    tell(f"its mails left {seconds:.0f} s after Redis was back")


def test_shop_is_open_while_mail_is_down(cluster: Cluster, tell):
    product_id, memory = find_products(cluster)[0], Memory()
    before = len(cluster.mail.taken)
    cluster.mail.stop()
    try:
        read_pages(cluster, product_id)
        buy(cluster, memory, product_id, closes_browser=False)
        assert memory.paid == memory.orders.keys() != set()
        tell("browsing, an order and its payment while mail is down")
    finally:
        cluster.mail.start()
    seconds = wait_until(lambda: len(cluster.mail.taken) > before, DRAIN_SECONDS)
    tell(f"its confirmation left {seconds:.0f} s after mail was back")
    expect_nothing_lost(cluster, memory, tell)


def test_mail_whose_answer_was_swallowed_goes_once_and_the_others_arrive(cluster: Cluster, tell):
    product_id, memory = find_products(cluster)[0], Memory()
    unknown = read_states(cluster)["mails"].get("unknown", 0)
    cluster.mail.lie(1)
    buy(cluster, memory, product_id, closes_browser=False)
    wait_until(lambda: read_states(cluster)["mails"].get("unknown", 0) == unknown + 1, DRAIN_SECONDS)
    buy(cluster, memory, product_id, closes_browser=False)
    seconds = wait_until(lambda: cluster.ask(DUE_MAILS) == "0", DRAIN_SECONDS)
    tell(f"one mail is unknown, the others left within {seconds:.0f} s")
    assert [identifier for identifier, count in cluster.mail.taken.items() if count > 1] == []
    expect_nothing_lost(cluster, memory, tell)
