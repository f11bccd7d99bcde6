"""Orders are paid in the moment they expire, and others wait for their units: stock and money agree."""

from collections import Counter

import pytest
from django.db.models import Sum

from checkout.enums import PAID_STATUSES, OrderStatus
from checkout.models import Order, OrderItem, Payment, Refund
from checkout.selectors.orders import make_order_token
from shop.models import Product
from tests.factories.orders import make_intent, make_order
from tests.journeys.client import Answer
from tests.races.servers import Web
from tests.races.stage import (
    ROUNDS,
    Post,
    expect_invariants,
    expect_no_fault,
    fill_carts,
    list_complaints,
    make_products,
    order,
)

ORDERS = 20


def place_and_pay(web: Web, product: Product, name: str) -> list[Order]:
    """Orders whose money is at Razorpay, while the shop has not heard of it."""
    web.simulator.fault("drop_webhook", times=0)
    placed = [make_order((product, 1), email=f"{name}-{number}@example.com") for number in range(ORDERS)]
    for each in placed:
        razorpay_order_id = web.simulator.create_order(int(each.total * 100))
        make_intent(each, razorpay_order_id=razorpay_order_id)
    return placed


def list_posts(web: Web, placed: list[Order]) -> list[Post]:
    posts: list[Post] = []
    for each in placed:
        story = {"order_id": each.payment_intents.get().razorpay_order_id, "story": "captured"}
        paid = web.simulator.control("/payments", story)["payments"][0]["response"]
        verify = ("/payments/verify-payment/", {**paid, "order_token": make_order_token(each)})
        posts += [
            ("/races/expire/", {"order_id": each.pk}),
            verify,
            ("/races/expire/", {"order_id": each.pk}),
        ]
    return posts


def rush(web: Web, product: Product, name: str, *, without: str = "") -> list[Answer]:
    """Beside them as many buyers who want what expires."""
    posts = list_posts(web, place_and_pay(web, product, name))
    rivals = [
        order(cart, email=f"{name}-rival-{number}@example.com")
        for number, cart in enumerate(fill_carts(ORDERS, product))
    ]
    mixed = [post for pair in zip(posts[::3], posts[1::3], posts[2::3], rivals, strict=True) for post in pair]
    return web.at_once(mixed, without=without)


def expect_stock_and_money_to_agree(answers: list[Answer], product: Product) -> None:
    expect_no_fault(answers)
    holding = (OrderStatus.PLACED, *PAID_STATUSES)
    held = OrderItem.objects.filter(order__status__in=holding, product=product)
    held_units = held.aggregate(sum=Sum("quantity"))["sum"] or 0
    assert Product.objects.get(pk=product.pk).inventory + held_units == ORDERS
    effects = Counter(Payment.objects.values_list("effect", flat=True))
    assert effects["applied"] == Order.objects.filter(status__in=PAID_STATUSES).count()
    assert effects["late"] == Refund.objects.count()
    assert effects.keys() <= {"applied", "late"}
    assert sum(effects.values()) == Payment.objects.count()
    expect_invariants()


def test_stock_and_money_agree_when_orders_are_paid_as_they_expire(web: Web):
    for number, product in enumerate(make_products(ROUNDS, inventory=ORDERS), start=1):
        answers = rush(web, product, f"round-{number}")
        assert Payment.objects.count() == number * ORDERS
        expect_stock_and_money_to_agree(answers, product)
    web.simulator.control("/faults", method="DELETE")


def test_expiry_by_an_old_status_gives_away_what_is_paid(web: Web):
    """The negative control."""
    (product,) = make_products(1, inventory=ORDERS)
    answers = rush(web, product, "unguarded", without="status")
    assert list_complaints() != []  # orders that are paid and expired at once, whose units others have
    with pytest.raises(AssertionError):
        expect_stock_and_money_to_agree(answers, product)
    web.simulator.control("/faults", method="DELETE")
