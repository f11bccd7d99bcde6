"""A cart that is ordered fifty times at once is one order."""

import pytest

from checkout.models import Cart, Order
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

POSTS = 50


def rush(web: Web, product: Product, *, without: str = "") -> list[Answer]:
    (cart,) = fill_carts(1, product)
    return web.at_once([order(cart, email="asha@example.com")] * POSTS, without=without)


def expect_one_order(answers: list[Answer], *, earlier: int) -> None:
    statuses = count_statuses(answers)
    assert statuses[200] >= 1
    assert set(statuses) <= {200, 400, 409}  # 400: began when the cart was an order already
    assert len({answer.body["id"] for answer in answers if answer.status == 200}) == 1
    assert Order.objects.count() == earlier + 1


def test_one_cart_is_one_order(web: Web):
    (product,) = make_products(1, inventory=ROUNDS * POSTS)
    for number in range(min(ROUNDS, 15)):  # as many unpaid orders as one address may have, with room
        expect_one_order(rush(web, product), earlier=number)
        assert Cart.objects.count() == 0
        assert Product.objects.get().inventory == ROUNDS * POSTS - number - 1
    expect_invariants()


def test_cart_that_is_not_kept_as_the_orders_is_ordered_often(web: Web):
    """The negative control."""
    (product,) = make_products(1, inventory=POSTS)
    answers = rush(web, product, without="cart")
    assert Order.objects.count() > 1
    with pytest.raises(AssertionError):
        expect_one_order(answers, earlier=0)
