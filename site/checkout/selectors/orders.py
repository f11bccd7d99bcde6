"""Orders as pages and mails show them: with tax, as they were placed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core import signing
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import Customer
from checkout.models import Order, OrderItem
from checkout.selectors.carts import Reduction, list_reductions
from shop.pricing import Totals
from shop.selectors import ShownPicture, find_faces

ORDER_TOKEN_SALT = "checkout.order-token"  # noqa: S105 - a salt is no secret


@dataclass(frozen=True)
class OrderLine:
    title: str
    sku: str
    quantity: int
    unit_price: Decimal
    old_price: Decimal | None
    sale_name: str
    line_total: Decimal
    picture: ShownPicture | None


@dataclass(frozen=True)
class ShownOrder:
    number: str
    status: str
    status_label: str
    placed_at: datetime
    expires_at: datetime | None
    email: str
    name: str
    address_lines: list[str]
    shipping_method: str
    deliver_by: date | None
    is_cash: bool
    is_paid: bool
    surcharge: Decimal
    lines: tuple[OrderLine, ...]
    totals: Totals
    reductions: tuple[Reduction, ...] = ()

    @property
    def is_free(self) -> bool:
        """Nothing was to be paid."""
        return not self.totals.total


def show_order(order: Order, *, items: Iterable[OrderItem], with_pictures: bool = False) -> ShownOrder:
    """An order with its lines; pictures cost two queries more and want each item's product loaded."""
    items = list(items)
    pictures = find_faces(item.product for item in items) if with_pictures else {}
    return ShownOrder(
        number=order.number,
        status=order.status,
        status_label=order.status_label,
        placed_at=order.placed_at,
        expires_at=order.expires_at,
        email=order.email,
        name=order.name,
        address_lines=order.address_lines,
        shipping_method=order.shipping_method,
        deliver_by=order.deliver_by,
        is_cash=order.is_cash,
        is_paid=order.is_paid,
        surcharge=order.surcharge,
        lines=tuple(
            OrderLine(
                title=item.title,
                sku=item.sku,
                quantity=item.quantity,
                unit_price=item.unit_price_with_tax,
                old_price=item.old_price,
                sale_name=item.sale_name,
                line_total=item.total,
                picture=pictures.get(item.product_id),
            )
            for item in items
        ),
        totals=Totals(
            subtotal=order.subtotal,
            shipping=order.shipping,
            discount=order.discount,
            tax=order.tax,
            total=order.total,
            count=sum(item.quantity for item in items),
        ),
        reductions=list_reductions(
            tier=order.tier_discount, coupon=order.coupon_discount, code=order.coupon_code
        ),
    )


def make_order_token(order: Order) -> str:
    """The secret that opens a guest's order. Made of a stored key and the secret key: neither is enough alone."""
    return signing.Signer(salt=ORDER_TOKEN_SALT, sep=".").sign(order.guest_key)


def find_order_by_token(token: str) -> Order | None:
    try:
        key = signing.Signer(salt=ORDER_TOKEN_SALT, sep=".").unsign(token)
    except signing.BadSignature:
        return None
    return Order.objects.visible().filter(guest_key=key).first()


def order_path(order: Order) -> str:
    """Where the buyer finds the order: a guest by the secret link, a customer in the account."""
    if order.guest_key:
        return reverse("guest_order", args=[make_order_token(order)])
    return reverse("order", args=[order.pk])


@dataclass(frozen=True)
class ListedOrder:
    number: str
    placed_at: datetime
    status: str
    status_label: str
    is_cash: bool
    total: Decimal
    count: int
    url: str


def list_orders(customer: Customer | None) -> list[ListedOrder]:
    """A customer's orders, newest first, each with the number of things in it."""
    orders = Order.objects.visible().filter(customer=customer)
    # Said again, since a query that groups drops the model's own order.
    orders = orders.annotate(count=Coalesce(Sum("items__quantity"), 0)).order_by("-placed_at", "-pk")
    return [
        ListedOrder(
            number=order.number,
            placed_at=order.placed_at,
            status=order.status,
            status_label=order.status_label,
            is_cash=order.is_cash,
            total=order.total,
            count=order.count,
            url=order_path(order),
        )
        for order in (orders if customer else orders.none())
    ]


def find_contact(customer: Customer | None) -> dict[str, str]:
    """What the account says of a customer, as an order's fields."""
    if customer is None:
        return {}
    return {
        "email": customer.user.email,
        "name": customer.user.get_full_name(),
        "phone": customer.phone,
    }


def suggest_contact(customer: Customer | None) -> dict[str, str]:
    """What we know of a customer, as an order's fields: the last order's address and who it was for, first."""
    known = find_contact(customer)
    last = customer.orders.exclude(line1="").first() if customer else None
    if last is not None:
        fields = ("name", "phone", "line1", "line2", "city", "state", "postal_code")
        known |= {name: getattr(last, name) for name in fields}
    return known
