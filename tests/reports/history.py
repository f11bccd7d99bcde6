"""Orders of several days, states and customers, drawn by a seed."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from checkout.models import Order, OrderItem
from reports.periods import Period, midnight
from reports.questions import Filters, Question
from shop.models import Product
from tests.factories.catalogue import make_item
from tests.factories.orders import make_order, make_paid_order

STATES = ("KA", "MH", "TN")
FIRST = date(2026, 3, 1)
PERIOD = Period(FIRST, date(2026, 3, 20))
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


def ask(period: Period = PERIOD, **question) -> Question:
    filters = Filters(**question.pop("filters", {}))
    return Question(period=period, now=question.pop("now", NOW), filters=filters, **question)


def pay_on(day: date, *lines: tuple[Product, int], hour: int = 12, **buyer) -> Order:
    """A paid order; its moment is an hour of that day where the shop is."""
    order = make_paid_order(*lines, **buyer)
    moment = midnight(day) + timedelta(hours=hour)
    Order.objects.filter(pk=order.pk).update(placed_at=moment, paid_at=moment)
    return Order.objects.get(pk=order.pk)


def draw_history(seed: int, *, orders: int = 10) -> None:
    chance = random.Random(seed)
    products = [
        make_item(unit_price=f"{chance.randint(100, 90000) / 100:.2f}", inventory=1000) for _ in range(5)
    ]
    for _ in range(orders):
        lines = [(product, chance.randint(1, 4)) for product in chance.sample(products, chance.randint(1, 3))]
        buyer = {"email": f"buyer{chance.randint(1, 5)}@example.com", "state": chance.choice(STATES)}
        if chance.random() < 0.2:
            make_order(*lines, **buyer)
            continue
        order = pay_on(
            FIRST + timedelta(days=chance.randint(0, 19)), *lines, hour=chance.randint(0, 23), **buyer
        )
        if chance.random() < 0.5:
            discount(order, chance)
        if chance.random() < 0.5:
            send(order, chance)


def discount(order: Order, chance: random.Random) -> None:
    """Take something off every line, as a coupon would have."""
    for item in order.items.all():
        off = (item.total * chance.randint(1, 30) / 100).quantize(Decimal("0.01"))
        contained = (off * item.tax_rate / (100 + item.tax_rate)).quantize(Decimal("0.01"))
        tax = item.cgst + item.sgst + item.igst - contained
        OrderItem.objects.filter(pk=item.pk).update(
            coupon_discount=off, cgst=0, sgst=0, igst=tax, taxable=item.total - off - tax
        )
    items = list(order.items.all())
    off = sum(item.coupon_discount for item in items)
    Order.objects.filter(pk=order.pk).update(
        coupon_code="SAVE",
        coupon_discount=off,
        discount=off,
        total=order.subtotal - off,
        tax=sum(item.igst for item in items),
    )


def send(order: Order, chance: random.Random) -> None:
    """Charge the delivery."""
    order.refresh_from_db()
    charge = Decimal(chance.randint(1000, 9900)) / 100
    tax = (charge / 11).quantize(Decimal("0.01"))
    Order.objects.filter(pk=order.pk).update(
        shipping=charge, shipping_igst=tax, total=order.total + charge, tax=order.tax + tax
    )
