"""What was sold on a day, computed from its orders: the one place where these figures are defined.

An order counts on the day it was paid, also where it was refunded later. Amounts are rupees:

- discounts: what sales, memberships and coupons took off, before tax
- net sales: what the goods came to after discounts, before tax; gross sales are net sales + discounts
- total sales: net sales + shipping + tax, the money that customers owed
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from checkout.models import Order, OrderItem
from reports.enums import DiscountKind
from reports.models import EVERYWHERE, DaySales, DiscountDay, ProductDaySales, TaxDay
from reports.periods import Period

ZERO = Decimal("0.00")


@dataclass
class DayFigures:
    """The rows of one day, by what makes each unique."""

    day: date
    sales: dict[str, DaySales] = field(default_factory=dict)
    products: dict[tuple[str, int], ProductDaySales] = field(default_factory=dict)
    taxes: dict[tuple[str, Decimal], TaxDay] = field(default_factory=dict)
    discounts: dict[tuple[str, str], DiscountDay] = field(default_factory=dict)


def compute_day(day: date) -> DayFigures:
    """Add up the orders paid on a day. Two queries."""
    period = Period(day, day)
    orders = Order.objects.filter(paid_at__gte=period.begins_at, paid_at__lt=period.ends_at)
    lines = defaultdict(list)
    for item in OrderItem.objects.filter(order__in=orders.order_by()).order_by("order_id", "pk"):
        lines[item.order_id].append(item)
    figures = DayFigures(day=day)
    for order in orders.order_by("pk"):
        add_order(figures, order, lines[order.pk])
    return figures


def add_order(figures: DayFigures, order: Order, items: list[OrderItem]) -> None:
    for state in {order.place_of_supply, EVERYWHERE}:
        add_to_sales(figures, state, order, items)
        for item in items:
            add_to_product(figures, state, item)
    for item in items:
        add_to_taxes(figures, order.place_of_supply, item.tax_rate, item)
    add_shipping_tax(figures, order, items)
    add_discounts(figures, order, items)


def add_to_sales(figures: DayFigures, state: str, order: Order, items: list[OrderItem]) -> None:
    row = figures.sales.setdefault(state, DaySales(day=figures.day, state=state, orders=0, units=0))
    row.orders += 1
    row.units += sum(item.quantity for item in items)
    row.discounts += sum((find_discount(item) for item in items), ZERO)
    row.net += sum((item.taxable for item in items), ZERO)
    row.shipping += order.shipping - find_shipping_tax(order)
    row.tax += order.tax
    row.total += order.total


def add_to_product(figures: DayFigures, state: str, item: OrderItem) -> None:
    row = figures.products.setdefault(
        (state, item.product_id),
        ProductDaySales(day=figures.day, state=state, product_id=item.product_id, units=0),
    )
    row.units += item.quantity
    row.discounts += find_discount(item)
    row.net += item.taxable
    row.tax += item.cgst + item.sgst + item.igst


def add_to_taxes(figures: DayFigures, state: str, rate: Decimal, part) -> None:
    row = figures.taxes.setdefault((state, rate), TaxDay(day=figures.day, state=state, rate=rate))
    row.taxable += part.taxable
    row.cgst += part.cgst
    row.sgst += part.sgst
    row.igst += part.igst


@dataclass(frozen=True)
class ShippingTax:
    taxable: Decimal
    cgst: Decimal
    sgst: Decimal
    igst: Decimal


def add_shipping_tax(figures: DayFigures, order: Order, items: list[OrderItem]) -> None:
    if not order.shipping:
        return
    part = ShippingTax(
        taxable=order.shipping - find_shipping_tax(order),
        cgst=order.shipping_cgst,
        sgst=order.shipping_sgst,
        igst=order.shipping_igst,
    )
    rate = max((item.tax_rate for item in items), default=ZERO)
    add_to_taxes(figures, order.place_of_supply, rate, part)


def find_shipping_tax(order: Order) -> Decimal:
    return order.shipping_cgst + order.shipping_sgst + order.shipping_igst


def find_sale_discount(item: OrderItem) -> Decimal:
    """What a sale took off the line, before tax."""
    return (item.list_price - item.unit_price) * item.quantity


def find_discount(item: OrderItem) -> Decimal:
    """What sale, membership and coupon took off the line, before tax."""
    if not item.tier_discount + item.coupon_discount:
        return find_sale_discount(item)
    return find_sale_discount(item) + item.unit_price * item.quantity - item.taxable


def add_discounts(figures: DayFigures, order: Order, items: Iterable[OrderItem]) -> None:
    """By sale, before tax; by coupon and membership as the customer saw them, with tax."""
    sales: dict[str, list[OrderItem]] = defaultdict(list)
    for item in items:
        if item.sale_name:
            sales[item.sale_name].append(item)
    for name, sold in sales.items():
        amount = sum((find_sale_discount(item) for item in sold), ZERO)
        add_discount(figures, DiscountKind.SALE, name, amount, sum(item.quantity for item in sold))
    units = sum(item.quantity for item in items)
    if order.coupon_code:
        add_discount(figures, DiscountKind.COUPON, order.coupon_code, order.coupon_discount, units)
    if order.tier_discount:
        add_discount(figures, DiscountKind.TIER, "", order.tier_discount, units)


def add_discount(figures: DayFigures, kind: DiscountKind, name: str, amount: Decimal, units: int) -> None:
    row = figures.discounts.setdefault(
        (kind, name), DiscountDay(day=figures.day, kind=kind, name=name, orders=0, units=0)
    )
    row.orders += 1
    row.units += units
    row.amount += amount
