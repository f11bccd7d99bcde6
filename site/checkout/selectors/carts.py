"""Carts as pages show them: with tax, since that is what a shopper pays."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from checkout.models import Cart, CartItem
from shop.models.shipping import current_delivery_rules
from shop.pricing import PricedCart, Terms, Totals, price_cart
from shop.pricing.delivery import ChargeSpan
from shop.selectors import ShownPicture, current_terms, describe_line, find_faces


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
        return _("This product is no longer sold. Please remove it.")
    if item.product.inventory == 0:
        return _("This product is sold out. Please remove it.")
    if item.product.inventory < item.quantity:
        left = item.product.inventory
        return _("Only %(left)d left. Please choose a smaller quantity.") % {"left": left}
    return ""


def product_url(product_id: int) -> str:
    return reverse("product", args=[product_id])
