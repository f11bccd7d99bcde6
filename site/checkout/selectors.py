"""Carts and orders as pages and mails show them: with tax, since that is what a shopper pays."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core import signing
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Customer
from checkout.models import Cart, CartItem, Order, OrderItem
from shop.models.shipping import current_delivery_rules
from shop.pricing import PricedCart, Terms, Totals, price_cart
from shop.pricing.delivery import ChargeSpan
from shop.selectors import ShownPicture, current_terms, describe_line, find_faces

ORDER_TOKEN_SALT = "checkout.order-token"  # noqa: S105 - a salt is no secret


@dataclass(frozen=True)
class CartLine:
    """A line of the cart page; prices are for one, with tax, the old one where a sale makes it cheaper.

    `problem` is a sentence where it cannot be ordered as it stands.
    """

    item_id: int
    product_id: int
    title: str
    url: str
    picture: ShownPicture | None
    unit_price: Decimal
    old_price: Decimal | None
    sale_name: str
    quantity: int
    line_total: Decimal
    available: int
    problem: str


@dataclass(frozen=True)
class Quote:
    """What lines cost one buyer on their terms. `coupon_problem` is a sentence where a coupon did not hold."""

    items: tuple[CartItem, ...]
    terms: Terms
    priced: PricedCart
    coupon_problem: str = ""


@dataclass(frozen=True)
class Reduction:
    """One thing that makes the total smaller, as a row of the summary. `amount` may be 0: free delivery."""

    label: str
    amount: Decimal


@dataclass(frozen=True)
class ShownCart:
    """`coupon` is the code in the cart, `coupon_problem` why it does not hold.

    `delivery` is what its delivery may cost, as long as nobody knows where it goes; None once that is known.
    """

    lines: tuple[CartLine, ...]
    totals: Totals
    reductions: tuple[Reduction, ...] = ()
    coupon: str = ""
    coupon_problem: str = ""
    delivery: ChargeSpan | None = None

    @property
    def coupon_holds(self) -> bool:
        return bool(self.coupon) and not self.coupon_problem

    @property
    def is_empty(self) -> bool:
        return not self.lines

    @property
    def has_problems(self) -> bool:
        return any(line.problem for line in self.lines)


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


def find_items(cart_id: uuid.UUID) -> list[CartItem]:
    """The lines of a cart with their products, in the order they were put in."""
    return list(CartItem.objects.filter(cart_id=cart_id).select_related("product__tax_class"))


def price_items(items: Sequence[CartItem], *, at: datetime, terms: Terms | None = None) -> PricedCart:
    """The prices at a moment of cart lines whose products, and their tax classes, are loaded."""
    lines = [describe_line(item.product, quantity=item.quantity) for item in items]
    return price_cart(lines, terms=terms or current_terms(), at=at)


def find_span(items: Iterable[CartItem], priced: PricedCart) -> ChargeSpan:
    """What their delivery may cost, wherever it goes."""
    value = priced.totals.subtotal - priced.totals.discount
    return current_delivery_rules().find_span(value=value, grams=weigh_items(items))


def weigh_items(items: Iterable[CartItem]) -> int:
    """Grams of all of them together."""
    return sum(item.product.weight_grams * item.quantity for item in items)


def show_cart(cart: Cart | None, *, quote: Quote | None = None) -> ShownCart:
    """The cart page's view; of no cart, an empty one. Without a quote at the prices that hold for everybody."""
    items = list(quote.items) if quote else find_items(cart.pk) if cart else []
    priced = quote.priced if quote else price_items(items, at=timezone.now())
    pictures = find_faces(item.product for item in items)
    lines = tuple(
        CartLine(
            item_id=item.pk,
            product_id=item.product_id,
            title=item.product.full_title,
            url=product_url(item.product_id),
            picture=pictures[item.product_id],
            unit_price=line.unit.gross,
            old_price=line.old_price,
            sale_name=line.sale.name if line.sale else "",
            quantity=item.quantity,
            line_total=line.total,
            available=item.product.inventory,
            problem=find_problem(item),
        )
        for item, line in zip(items, priced.lines, strict=True)
    )
    return ShownCart(
        lines=lines,
        totals=priced.totals,
        reductions=list_reductions(
            tier=priced.tier_discount,
            tier_percent=quote.terms.tier_percent if quote else None,
            coupon=priced.coupon_discount,
            code=quote.terms.coupon.code if quote and quote.terms.coupon else "",
        ),
        coupon=cart.coupon_code if cart else "",
        coupon_problem=quote.coupon_problem if quote else "",
        delivery=None if quote and quote.terms.shipping else find_span(items, priced),
    )


def list_reductions(
    *, tier: Decimal, coupon: Decimal, code: str, tier_percent: Decimal | None = None
) -> tuple[Reduction, ...]:
    """The rows of a summary that say what was taken off, and why. An order does not keep the percent."""
    rows = []
    if tier:
        label = _("Member discount")
        if tier_percent:
            label = _("Member discount, %(percent)s %%") % {"percent": f"{tier_percent.normalize():f}"}
        rows.append(Reduction(label=label, amount=tier))
    if code:
        rows.append(Reduction(label=_("Coupon %(code)s") % {"code": code}, amount=coupon))
    return tuple(rows)


def find_problem(item: CartItem) -> str:
    """Why this line cannot be ordered as it stands, or an empty string."""
    if not item.product.is_live:
        return "This product is no longer sold. Please remove it."
    if item.product.inventory == 0:
        return "This product is sold out. Please remove it."
    if item.product.inventory < item.quantity:
        return f"Only {item.product.inventory} left. Please choose a smaller quantity."
    return ""


def product_url(product_id: int) -> str:
    return reverse("product", args=[product_id])


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


def suggest_contact(customer: Customer | None) -> dict[str, str]:
    """What we know of a customer, as an order's fields: their last address first."""
    if customer is None:
        return {}
    known = {
        "email": customer.user.email,
        "name": customer.user.get_full_name(),
        "phone": customer.phone,
    }
    last = customer.orders.exclude(line1="").first()
    if last is not None:
        fields = ("name", "phone", "line1", "line2", "city", "state", "postal_code")
        known |= {name: getattr(last, name) for name in fields}
    return known
