"""Placing an order: a cart becomes an order and its stock is held, in one transaction."""

import uuid
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, IntegrityError
from django.db.models import Count, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from checkout.enums import OrderEvent, OrderPaymentMethod
from checkout.models import Cart, CartItem, Order, OrderItem
from checkout.services.announcements import announce_order
from checkout.services.buyers import NO_WISHES, Buyer, Wishes
from checkout.services.carts import CartNotFound
from checkout.services.coupons import take_coupon_use
from checkout.services.delivery import choose_delivery
from checkout.services.mails import queue_placing_mail
from checkout.services.order_rows import copy_lines, order_columns
from checkout.services.payments import pay_order
from checkout.services.quotes import quote_items
from checkout.services.transitions import record_transition
from database.transactions import entry_service
from shop.pricing import Totals
from shop.services.stock import hold_stock
from shop.templatetags.money import money

LARGEST_TOTAL = Decimal("9999999999.99")  # what the column holds
SMALLEST_PAYMENT = Decimal("1.00")  # Razorpay takes 100 paise at least, and there is no smaller coin


class CartEmpty(Exception):
    """There is nothing to order."""

    def __init__(self) -> None:
        super().__init__("The cart is empty")


class TooManyUnpaid(Exception):
    """The buyer already has as many open unpaid orders as one may have."""

    def __init__(self) -> None:
        super().__init__("You have too many unpaid orders. Please pay or cancel one of them first.")


class OrderTooLarge(Exception):
    """The order's total is more than `LARGEST_TOTAL`."""

    def __init__(self) -> None:
        super().__init__("The order is worth more than we can sell at once. Please order less.")


class OrderTooSmall(Exception):
    """Something is to be paid, but less than `SMALLEST_PAYMENT`: nobody could pay it."""

    def __init__(self, total: Decimal) -> None:
        sentence = _(
            "Your order comes to %(total)s, and the smallest amount that can be paid is %(least)s. "
            "Please add something to it, or order without the coupon."
        )
        super().__init__(sentence % {"total": money(total), "least": money(SMALLEST_PAYMENT)})


def place_order(
    *,
    cart_id: uuid.UUID,
    buyer: Buyer,
    now: datetime,
    wishes: Wishes = NO_WISHES,
    idempotency_key: str | None = None,
) -> Order:
    """Make the order of a cart, hold its stock for `ORDER_HOLD_MINUTES` (for cash on delivery: until it is
    sent or cancelled) and consume the cart. What comes to nothing is paid at once.

    `now` is when the request began: a request that races another for the same cart gets the order that
    the other one made; a later one does not, unless it carries the same `idempotency_key`. Raises
    `CartNotFound`, `CartEmpty`, `CouponRefused`, `OrderTooLarge`, `OrderTooSmall`, `TooManyUnpaid`,
    `NotDeliverable`, `DeliveryUnknown`, `CashRefused`, `OutOfStock` and `Unavailable`, each with nothing changed.
    """
    try:
        return make_order(
            cart_id=cart_id, buyer=buyer, wishes=wishes, now=now, idempotency_key=idempotency_key
        )
    except (CartNotFound, IntegrityError):
        made = find_order_of_request(idempotency_key)
        made = made or find_raced_order(cart_id=cart_id, buyer=buyer, began_at=now)
        if made is None:
            raise
        return made


def find_order_of_request(idempotency_key: str | None) -> Order | None:
    """The order that an earlier try of the same request made before its answer was lost."""
    return Order.objects.filter(idempotency_key=idempotency_key).first() if idempotency_key else None


def find_raced_order(*, cart_id: uuid.UUID, buyer: Buyer, began_at: datetime) -> Order | None:
    """The order that another request of the same buyer finished making of this cart after ours began."""
    orders = Order.objects.filter(cart_id=cart_id, customer_id=buyer.customer_id, email=buyer.email)
    return orders.filter(transitions__from_status="", transitions__at__gte=began_at).first()


@entry_service
def make_order(
    *, cart_id: uuid.UUID, buyer: Buyer, wishes: Wishes, now: datetime, idempotency_key: str | None
) -> Order:
    cart = lock_cart(cart_id=cart_id, buyer=buyer)
    items = list(
        CartItem.objects.filter(cart=cart).select_related("product__tax_class").order_by("product_id")
    )
    if not items:
        raise CartEmpty
    delivery = choose_delivery(buyer=buyer, wishes=wishes)
    quote = quote_items(items, buyer=buyer, wishes=wishes, at=now, delivery=delivery)
    priced, terms = quote.priced, quote.terms
    check_total(priced.totals)
    if not priced.totals.total:  # nobody pays nothing at the door
        wishes = replace(wishes, payment_method=OrderPaymentMethod.ONLINE)
    columns = order_columns(
        cart_id=cart_id, buyer=buyer, priced=priced, terms=terms, now=now, wishes=wishes, delivery=delivery
    )
    order = Order.objects.create(**columns, idempotency_key=idempotency_key)
    if terms.coupon is not None:
        take_coupon_use(rule=terms.coupon, order=order, buyer=buyer)
    # Before the lines: their foreign keys share the products' rows, and two sharers who both want to write deadlock.
    hold_stock(quantities={item.product_id: item.quantity for item in items}, order_id=order.pk)
    lines = OrderItem.objects.bulk_create(copy_lines(order=order, items=items, priced=priced))
    if not order.is_free:
        queue_placing_mail(order=order, lines=lines, at_once=buyer.entered_by_id is not None)
    announce_order(order, OrderEvent.PLACED)
    consume_cart(cart)
    # With the clock of now: it tells requests that raced this one from later ones.
    record_transition(
        order=order,
        from_status="",
        to_status=order.status,
        why="Entered by staff" if buyer.entered_by_id else "Placed",
        at=timezone.now(),
        by_id=buyer.entered_by_id or buyer.user_id,
    )
    if order.is_free:
        pay_order(order=order, why="Nothing to pay")
    return order


def check_total(totals: Totals) -> None:
    """Raises `OrderTooLarge`, `OrderTooSmall`."""
    if totals.total > LARGEST_TOTAL:
        raise OrderTooLarge
    if 0 < totals.total < SMALLEST_PAYMENT:
        raise OrderTooSmall(totals.total)


def consume_cart(cart: Cart) -> None:
    """Delete the cart and its lines by one statement each: nothing hangs on them that Django must look for."""
    CartItem.objects.filter(cart=cart)._raw_delete(using=DEFAULT_DB_ALIAS)  # noqa: SLF001
    Cart.objects.filter(pk=cart.pk)._raw_delete(using=DEFAULT_DB_ALIAS)  # noqa: SLF001


def lock_cart(*, cart_id: uuid.UUID, buyer: Buyer) -> Cart:
    """The cart, locked against parallel orders and adds, once the buyer is known to be below the cap."""
    unpaid = unpaid_orders_of(buyer).order_by().values("status").annotate(count=Count("pk")).values("count")
    carts = Cart.objects.reachable_by(buyer.customer_id).select_for_update()
    cart = carts.annotate(unpaid=Coalesce(Subquery(unpaid), 0)).filter(pk=cart_id).first()
    if cart is None:
        raise CartNotFound
    limit = settings.ORDER_UNPAID_LIMIT if buyer.customer_id else settings.ORDER_UNPAID_LIMIT_GUEST
    if cart.unpaid >= limit:
        raise TooManyUnpaid
    return cart


def unpaid_orders_of(buyer: Buyer):
    if buyer.customer_id:
        return Order.objects.unpaid().filter(customer_id=buyer.customer_id)
    return Order.objects.unpaid().filter(customer=None, email__iexact=buyer.email)
