"""People who keep buying while things break: they try again, now and then close the browser, and remember."""

import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.cluster import Cluster
from tests.journeys.client import ADDRESS, Answer, send
from tests.simulation import KEY_ID

PATIENCE_SECONDS = 90  # longer than the lease of a request that died with its key
UPI = {"method": "upi", "vpa": "success@razorpay"}


class GaveUp(Exception):
    """Nothing but faults for as long as anybody would wait."""


@dataclass
class Memory:
    """What the shop has said yes to."""

    orders: dict[int, str] = field(default_factory=dict)  # number → the guest's token
    paid: set[int] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str) -> None:
        with self.lock:
            self.counts[what] += 1


class Shopper(threading.Thread):
    def __init__(self, cluster: Cluster, memory: Memory, products: list[int], stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.cluster, self.memory, self.products, self.stop = cluster, memory, products, stop

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                buy(self.cluster, self.memory, random.choice(self.products))
            except GaveUp as reason:
                self.memory.count(f"gave up at {reason}")


def buy(cluster: Cluster, memory: Memory, product_id: int, *, closes_browser: bool | None = None) -> None:
    """From an empty cart to a paid order."""
    memory.count("begun")
    number = place(cluster, memory, product_id)
    if number is None:
        return
    response = pay(cluster, memory, number)
    if response is None or (random.random() < 0.3 if closes_browser is None else closes_browser):
        memory.count("closed the browser")
        return
    verified = insist(
        "verify",
        lambda: cluster.post("/payments/verify-payment/", {**response, "order_token": memory.orders[number]}),
    )
    if verified.status == 200 and verified.body["order_status"] == "Complete":
        with memory.lock:
            memory.paid.add(number)
    memory.count("came back from paying")


def place(cluster: Cluster, memory: Memory, product_id: int) -> int | None:
    """The order's number, once the shop has acknowledged it."""
    cart = insist("cart", lambda: cluster.post("/store/carts/", {})).body["id"]
    line = {"product_id": product_id, "quantity": 1}
    insist("add", lambda: cluster.post(f"/store/carts/{cart}/items/", line))
    body = {"cart_id": cart, "email": f"{cart[:13]}@example.com", "address": ADDRESS}
    # With the same key at each try an order whose answer was lost is told, not made again; others begin anew.
    key = {"Idempotency-Key": str(uuid.uuid4())} if random.random() < 0.5 else {}
    placed = insist("order", lambda: cluster.post("/store/guest-orders/", body, **key))
    if placed.status != 200:
        memory.count(f"refused: {placed.body.get('code')}")
        return None
    with memory.lock:
        memory.orders[placed.body["id"]] = placed.body["token"]
    memory.count("ordered")
    return placed.body["id"]


def pay(cluster: Cluster, memory: Memory, number: int) -> dict[str, Any] | None:
    """What the payment window hands to the browser."""
    token = {"order_token": memory.orders[number]}
    opened = insist("intent", lambda: cluster.post("/payments/create-payment-intent/", token))
    if opened.status != 201:
        memory.count("came too late to pay")
        return None
    body = {"key_id": KEY_ID, "order_id": opened.body["razorpay_order_id"], "instrument": UPI, "customer": {}}
    address = f"{cluster.simulator_url}/v1/checkout/payments"
    progress = insist("window", lambda: send(address, body=body))
    memory.count("paid at the window")
    return progress.body.get("response")


def insist(step: str, call: Callable[[], Answer]) -> Answer:
    """Try again while the shop is away or busy. Raises `GaveUp`."""
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends_at:
        try:
            answer = call()
        except (OSError, ValueError):
            answer = Answer(0, None)
        is_in_flight = answer.status == 409 and (answer.body or {}).get("code") == "idempotency_in_flight"
        if answer.status and answer.status < 500 and answer.status != 429 and not is_in_flight:
            return answer
        time.sleep(random.uniform(0.1, 0.6))
    raise GaveUp(step)
