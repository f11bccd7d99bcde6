"""Two hundred buyers want the last twenty units, over HTTP, from real web processes, round after round."""

import pytest

from checkout.models import Cart, Order, OrderItem
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
    restock,
)

BUYERS = 200
UNITS = 20


def rush(web: Web, carts: list[Cart], name: str, *, without: str = "") -> list[Answer]:
    posts = [order(cart, email=f"{name}-{number}@example.com") for number, cart in enumerate(carts)]
    return web.at_once(posts, without=without)


def expect_exactly_the_stock_sold(answers: list[Answer], product: Product) -> None:
    assert count_statuses(answers) == {200: UNITS, 409: BUYERS - UNITS}
    for answer in (answer for answer in answers if answer.status == 409):
        assert answer.body["code"] == "out_of_stock"
        shortage = {"product_id": product.pk, "requested": 1, "available": 0}
        assert answer.body["details"] == {"items": [shortage]}
    assert Product.objects.get(pk=product.pk).inventory == 0


def test_exactly_the_last_units_are_sold(web: Web):
    (product,) = make_products(1, inventory=0)
    carts = fill_carts(BUYERS, product)
    for number in range(1, ROUNDS + 1):
        restock(product, UNITS)
        expect_exactly_the_stock_sold(rush(web, carts, f"round-{number}"), product)
        assert OrderItem.objects.count() == number * UNITS
        # The refused keep their carts and try again, beside as many new ones.
        carts = [*Cart.objects.all(), *fill_carts(UNITS, product)]
    expect_invariants()


def test_stock_that_is_read_and_written_back_is_sold_twice(web: Web):
    """The negative control."""
    (product,) = make_products(1, inventory=UNITS)
    answers = rush(web, fill_carts(BUYERS, product), "unguarded", without="stock")
    assert Order.objects.count() > UNITS
    with pytest.raises(AssertionError):
        expect_exactly_the_stock_sold(answers, product)
