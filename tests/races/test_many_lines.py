"""Carts of the same five products, each in an order of its own: they wait for each other and never deadlock."""

import random

from checkout.models import Order
from shop.models import Product
from tests.journeys.client import Answer
from tests.races.servers import Web
from tests.races.stage import (
    ROUNDS,
    count_statuses,
    expect_invariants,
    fill_carts,
    make_products,
    order,
)

LINES = 5
BUYERS = 60


def rush(web: Web, products: list[Product], name: str, *, without: str = "") -> list[Answer]:
    chance = random.Random(name)
    carts = [fill_carts(1, *chance.sample(products, LINES))[0] for _ in range(BUYERS)]
    posts = [order(cart, email=f"{name}-{number}@example.com") for number, cart in enumerate(carts)]
    return web.at_once(posts, without=without)


def test_orders_of_the_same_products_never_deadlock(web: Web):
    products = make_products(LINES, inventory=ROUNDS * BUYERS)
    for number in range(1, ROUNDS + 1):
        assert count_statuses(rush(web, products, f"round-{number}")) == {200: BUYERS}
        assert Order.objects.count() == number * BUYERS
    assert set(Product.objects.values_list("inventory", flat=True)) == {0}
    expect_invariants()


def test_rows_taken_in_any_order_and_never_retried_fail_visibly(web: Web):
    """The negative control: what MariaDB calls a deadlock, and SQLite a locked database."""
    answers = rush(web, make_products(LINES, inventory=BUYERS), "unguarded", without="order")
    assert count_statuses(answers)[200] < BUYERS
    assert any(answer.status >= 500 for answer in answers)
