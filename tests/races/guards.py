"""The guards of the shop, each with a switch, so that every race can be shown to fail without its guard.

Off is what a shop without it would do: go by what was read before, take rows in any order, forget.
"""

import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.utils import timezone

from checkout.enums import OrderStatus
from checkout.models import Cart, Order, Payment
from checkout.services import expiry, orders, payments, refunds, transitions
from database import transactions
from database.transactions import entry_service
from shop.enums import StockReason
from shop.models import Product
from shop.services.stock import OutOfStock, record_movements, release_stock

STALE_SECONDS = 0.3  # between what is read and what is written by it
_switched = threading.local()


@contextmanager
def switch_off(name: str) -> Iterator[None]:
    """Without the guard of this name, in this thread."""
    _switched.off, _switched.seen = name, {}
    try:
        yield
    finally:
        _switched.off = ""


def is_off(name: str) -> bool:
    return getattr(_switched, "off", "") == name


def install() -> None:
    """Put a switch before each guard; where it is on, the shop's own code runs."""
    replace(orders, "make_order", "stock", order_by_old_stock)
    replace(orders, "hold_stock", "stock", write_stock_back)
    replace(orders, "hold_stock", "order", hold_in_any_order)
    replace(orders, "make_order", "order", make_order_deferred)
    replace(transactions, "is_passing", "order", lambda original, error: False)
    replace(orders, "order_columns", "cart", forget_the_cart)
    replace(orders, "consume_cart", "cart", lambda original, cart: None)
    replace(refunds, "refund_order", "refund", refund_by_old_sum)
    replace(refunds, "count_refundable", "refund", read_old_sum)
    replace(expiry, "expire_order", "status", expire_by_old_status)
    replace(payments, "record_payment", "memory", record_without_memory)


def replace(module: Any, name: str, guard: str, substitute: Callable[..., Any]) -> None:
    original = getattr(module, name)

    def choose(*args: Any, **kwargs: Any) -> Any:
        return substitute(original, *args, **kwargs) if is_off(guard) else original(*args, **kwargs)

    choose.__wrapped__ = original
    setattr(module, name, choose)


def order_by_old_stock(original: Callable[..., Order], *, cart_id: uuid.UUID, **rest: Any) -> Order:
    bought = Cart.objects.get(pk=cart_id).items.values_list("product_id", "product__inventory")
    _switched.seen = dict(bought)
    time.sleep(STALE_SECONDS)
    return original(cart_id=cart_id, **rest)


def write_stock_back(original: Any, *, quantities: Mapping[int, int], order_id: int) -> None:
    for product_id, wanted in quantities.items():
        if _switched.seen[product_id] < wanted:
            raise OutOfStock([])
        Product.objects.filter(pk=product_id).update(inventory=_switched.seen[product_id] - wanted)
    held = {product_id: -wanted for product_id, wanted in quantities.items()}
    record_movements(quantities=held, reason=StockReason.HELD, order_id=order_id)


def make_order_deferred(original: Callable[..., Order], **kwargs: Any) -> Order:
    """SQLite's own way: a transaction that only becomes a writer when it writes. MariaDB knows no other."""
    earlier = getattr(connection, "transaction_mode", None)
    connection.transaction_mode = "DEFERRED"
    try:
        return original(**kwargs)
    finally:
        connection.transaction_mode = earlier


def hold_in_any_order(original: Callable[..., None], *, quantities: Mapping[int, int], order_id: int) -> None:
    shuffled = list(quantities)
    random.shuffle(shuffled)
    for product_id in shuffled:
        original(quantities={product_id: quantities[product_id]}, order_id=order_id)
        time.sleep(0.02)


def forget_the_cart(original: Callable[..., dict[str, Any]], **kwargs: Any) -> dict[str, Any]:
    return {**original(**kwargs), "cart_id": uuid.uuid4()}


def refund_by_old_sum(original: Callable[..., Any], *, order_id: int, **rest: Any) -> Any:
    payment = Payment.objects.get(order_id=order_id)
    _switched.seen = {"left": refunds.count_refundable.__wrapped__(payment)}
    time.sleep(STALE_SECONDS)
    return original(order_id=order_id, **rest)


def read_old_sum(original: Callable[..., Any], payment: Payment) -> Any:
    return _switched.seen["left"]


def expire_by_old_status(original: Any, *, order_id: int, now: Any) -> bool:
    order = Order.objects.get(pk=order_id)
    time.sleep(STALE_SECONDS)
    return order.status == OrderStatus.PLACED and write_expiry(order)


@entry_service
def write_expiry(order: Order) -> bool:
    Order.objects.filter(pk=order.pk).update(status=OrderStatus.EXPIRED)
    transitions.record_transition(
        order=order, from_status=order.status, to_status=OrderStatus.EXPIRED, why="Late", at=timezone.now()
    )
    release_stock(quantities=dict(order.items.values_list("product_id", "quantity")), order_id=order.pk)
    return True


def record_without_memory(original: Callable[..., Payment], *, reported: Any) -> Payment:
    Payment.objects.filter(provider_id=reported.id).update(status="created", effect="")
    return original(reported=reported)
