"""What a race starts with, and what is asked of the database when it is over."""

import os
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from checkout.invariants import CHECKS, check_mail
from checkout.models import Cart, CartItem, Order
from shop.models import Product
from shop.services.stock import adjust_stock
from tests.factories.catalogue import make_item
from tests.journeys.client import ADDRESS, Answer

ROUNDS = int(os.environ.get("RACE_ROUNDS", "3"))
EVENTS = int(os.environ.get("RACE_EVENTS", "90"))

Post = tuple[str, dict[str, Any]]


def fill_carts(count: int, *products: Product) -> list[Cart]:
    """So many carts of nobody with one of each of the products, in this order."""
    carts = Cart.objects.bulk_create(Cart() for _ in range(count))
    CartItem.objects.bulk_create(
        CartItem(cart=cart, product=product, quantity=1) for cart in carts for product in products
    )
    return carts


def order(cart: Cart, *, email: str) -> Post:
    return "/store/guest-orders/", {"cart_id": str(cart.pk), "email": email, "address": ADDRESS}


def restock(product: Product, count: int) -> None:
    with transaction.atomic():
        adjust_stock(product_id=product.pk, delta=count, note="A new round")


def make_products(count: int, *, inventory: int) -> list[Product]:
    return [make_item(inventory=inventory) for _ in range(count)]


def count_statuses(answers: Sequence[Answer]) -> Counter[int]:
    return Counter(answer.status for answer in answers)


def expect_no_fault(answers: Sequence[Answer]) -> None:
    assert [answer for answer in answers if answer.status >= 500] == []


def expect_invariants() -> None:
    """All but the mails': nobody here takes them out of the outbox, and a long race lets them wait."""
    assert list_complaints() == []


def list_complaints() -> list[str]:
    return [complaint for check in CHECKS if check is not check_mail for complaint in check()]


def list_orders() -> list[Order]:
    return list(Order.objects.order_by("pk"))
