"""A run that is killed in the middle of business loses and doubles nothing."""

import threading
import time

import pytest

from tests.journeys.client import order_as_guest
from tests.journeys.shop import RunningShop

PRODUCTS = 20
ORDERS = 20  # before the kill


@pytest.fixture
def fragile_shop(tmp_path):
    running = RunningShop(tmp_path / "data", products=PRODUCTS)
    running.start()
    yield running
    running.stop()


def place_orders(shop: RunningShop, acknowledged: list[int]) -> None:
    """Order until the shop is gone; remember what it has confirmed."""
    products = [item["id"] for item in shop.get("/store/products/?in_stock=true&page_size=20")["results"]]
    for number in range(10_000):
        try:
            answer = order_as_guest(
                shop.url, products[number % len(products)], email=f"k{number}@example.com"
            )
        except (OSError, ValueError):
            return
        if answer.status == 200:
            acknowledged.append(answer.body["id"])


def test_a_killed_run_keeps_every_acknowledged_order(fragile_shop: RunningShop):
    before = fragile_shop.get("/store/products/")["count"]
    acknowledged: list[int] = []
    buyers = [threading.Thread(target=place_orders, args=(fragile_shop, acknowledged)) for _ in range(4)]
    for buyer in buyers:
        buyer.start()
    while len(acknowledged) < ORDERS and any(buyer.is_alive() for buyer in buyers):
        time.sleep(0.05)
    fragile_shop.kill()
    for buyer in buyers:
        buyer.join(30)

    fragile_shop.start()

    checked = fragile_shop.manage("check_invariants")
    assert checked.returncode == 0, checked.stdout
    assert fragile_shop.get("/store/products/")["count"] == before
    script = "from checkout.models import Order; print(sorted(Order.objects.values_list('pk', flat=True)))"
    kept = fragile_shop.manage("shell", "--command", script, "--verbosity", "0")
    numbers = {int(number) for number in kept.stdout.strip("[] \n").split(",")}
    assert set(acknowledged) <= numbers


def test_nothing_runs_on_after_the_manager_was_killed(fragile_shop: RunningShop):
    left_behind = set(fragile_shop.find_processes())
    fragile_shop.process.kill()
    fragile_shop.process.wait(10)

    fragile_shop.start()

    assert left_behind.isdisjoint(fragile_shop.find_processes())
