"""Rows for benchmarks: two years of orders in a shop of their own, written in bulk, past all services.

The figures of each order add up, as the constraints of the tables ask; mails, invoices and pages are left out.
"""

import random
import sys
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.enums import IndianState
from checkout.models import Order, OrderItem, Payment
from shop.models import Collection, Product

DAYS = 730
BATCH = 2000
TAX_RATE = Decimal(10)
STATES = [state.value for state in IndianState]
CANCELLED = 0.1


def fill_shop(*, orders: int, lines: int, products: int) -> None:
    """So many orders in all, each with `lines` lines. Does nothing where they are there already."""
    if Order.objects.count() >= orders:
        return
    chance = random.Random("benchmark")
    sold = make_products(products)
    for first in range(0, orders, BATCH):
        numbers = range(first, min(first + BATCH, orders))
        made = Order.objects.bulk_create(make_order(chance, orders, number, lines) for number in numbers)
        items = [item for order in made for item in make_items(chance, order, sold, lines)]
        OrderItem.objects.bulk_create(items, batch_size=BATCH)
        Payment.objects.bulk_create(make_payment(order) for order in made if order.paid_at)
        print(f"\r{numbers[-1] + 1} of {orders} orders", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def make_products(count: int) -> list[Product]:
    collections = [
        Collection.objects.get_or_create(slug=f"shelf-{number}", defaults={"title": f"Shelf {number}"})[0]
        for number in range(10)
    ]
    return Product.objects.bulk_create(
        (
            Product(
                sku=f"BENCH-{number}",
                title=f"Thing {number}",
                slug=f"thing-{number}",
                unit_price=Decimal(100 + number % 900),
                inventory=50,
                collection=collections[number % 10],
            )
            for number in range(count)
        ),
        batch_size=BATCH,
    )


def make_order(chance: random.Random, orders: int, number: int, lines: int) -> Order:
    """Oldest first, denser towards today. Every line is one unit of 100 rupees and 10 rupees of tax."""
    placed_at = timezone.now() - timedelta(days=DAYS * (1 - number / orders), minutes=chance.randint(1, 600))
    is_cancelled = chance.random() < CANCELLED
    subtotal = Decimal(110 * lines)
    return Order(
        cart_id=uuid.UUID(int=chance.getrandbits(128)),
        email=f"buyer-{chance.randrange(orders // 3)}@example.com",
        status="cancelled" if is_cancelled else "completed",
        state=chance.choice(STATES),
        subtotal=subtotal,
        shipping=Decimal(50),
        tax=Decimal(10 * lines),
        total=subtotal + 50,
        placed_at=placed_at,
        expires_at=placed_at + timedelta(minutes=30),
        paid_at=None if is_cancelled else placed_at + timedelta(minutes=4),
    )


def make_items(
    chance: random.Random, order: Order, products: list[Product], lines: int
) -> Iterator[OrderItem]:
    for product in chance.sample(products, lines):
        yield OrderItem(
            order=order,
            product=product,
            title=product.title,
            sku=product.sku,
            quantity=1,
            list_price=Decimal(100),
            list_tax=Decimal(10),
            unit_price=Decimal(100),
            tax_rate=TAX_RATE,
            unit_tax=Decimal(10),
            total=Decimal(110),
            taxable=Decimal(100),
            cgst=Decimal(5),
            sgst=Decimal(5),
        )


def make_payment(order: Order) -> Payment:
    paid_at: datetime = order.paid_at
    return Payment(
        order=order,
        provider_id=f"pay_{order.cart_id.hex[:14]}",
        status="captured",
        effect="applied",
        amount=order.total,
        currency="INR",
        created_at=paid_at,
        captured_at=paid_at,
    )
