"""Carts: one set of services for pages and API."""

import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, F
from django.utils import timezone

from checkout.models import Cart, CartItem
from database.transactions import entry_service
from shop.models import Product

LARGEST_QUANTITY = 100_000
ABANDONED_AFTER = timedelta(days=7)
TOUCHED_EVERY = timedelta(minutes=5)
CLEANED_AT_ONCE = 200


class CartNotFound(Exception):
    """No cart has this id, or it belongs to somebody else."""


class CartItemNotFound(Exception):
    """No line of this cart has this id."""


class ProductNotSold(Exception):
    """The product does not exist or is not for sale."""


class QuantityTooLarge(Exception):
    """More than `LARGEST_QUANTITY` of one product."""

    def __init__(self) -> None:
        super().__init__(f"You can put at most {LARGEST_QUANTITY:,} of one product in a cart.")


@entry_service
def create_cart() -> Cart:
    return Cart.objects.create()


@entry_service
def open_customer_cart(*, customer_id: int) -> Cart:
    """The one cart of a signed-in customer, made where there is none."""
    return Cart.objects.get_or_create(customer_id=customer_id)[0]


@entry_service
def add_to_cart(
    *, cart_id: uuid.UUID, product_id: int, quantity: int, customer_id: int | None = None
) -> CartItem:
    """Put `quantity` more of a product in a cart; parallel calls add up.

    More than the stock may be put in: placing the order is where that is refused.
    Raises `CartNotFound`, `ProductNotSold`, `QuantityTooLarge`.
    """
    is_sold = Exists(Product.objects.live().filter(pk=product_id))
    # Locked, so that an order being placed of this cart contains what was added, or the add is refused.
    carts = Cart.objects.reachable_by(customer_id).select_for_update()
    cart = carts.filter(pk=cart_id).annotate(is_sold=is_sold).first()
    if cart is None:
        raise CartNotFound
    if not cart.is_sold:
        raise ProductNotSold
    touch_cart(cart)
    return increase_item(cart=cart, product_id=product_id, quantity=quantity)


def touch_cart(cart: Cart) -> None:
    """Note that the cart is in use, every few minutes: the statement is not worth it at every change."""
    now = timezone.now()
    if cart.updated_at < now - TOUCHED_EVERY:
        Cart.objects.filter(pk=cart.pk).update(updated_at=now)


def increase_item(*, cart: Cart, product_id: int, quantity: int, caps: bool = False) -> CartItem:
    """Add to the line of the product, or insert it. Inner service; two inserts at once end in one line.

    Beyond `LARGEST_QUANTITY` it raises `QuantityTooLarge`, or stops there where it `caps`.
    """
    if not 1 <= quantity <= LARGEST_QUANTITY:
        raise QuantityTooLarge
    lines = CartItem.objects.filter(cart=cart, product_id=product_id)
    if not lines.update(quantity=F("quantity") + quantity):
        try:
            with transaction.atomic():
                return CartItem.objects.create(cart=cart, product_id=product_id, quantity=quantity)
        except IntegrityError:
            if not lines.update(quantity=F("quantity") + quantity):
                raise CartNotFound from None  # consumed by an order meanwhile
    item = lines.get()
    if item.quantity > LARGEST_QUANTITY:
        if not caps:
            raise QuantityTooLarge
        item.quantity = LARGEST_QUANTITY
        item.save(update_fields=["quantity"])
    return item


@entry_service
def change_quantity(
    *, cart_id: uuid.UUID, item_id: int, quantity: int, customer_id: int | None = None
) -> None:
    """Set the quantity of a line; 0 removes it. Raises `CartItemNotFound`, `QuantityTooLarge`."""
    if quantity > LARGEST_QUANTITY:
        raise QuantityTooLarge
    lines = lock_lines(cart_id=cart_id, customer_id=customer_id).filter(pk=item_id)
    changed = lines.update(quantity=quantity) if quantity > 0 else lines.delete()[0]
    if not changed:
        raise CartItemNotFound


@entry_service
def remove_item(*, cart_id: uuid.UUID, item_id: int, customer_id: int | None = None) -> None:
    """Take a line out of a cart. Raises `CartItemNotFound`."""
    if not lock_lines(cart_id=cart_id, customer_id=customer_id).filter(pk=item_id).delete()[0]:
        raise CartItemNotFound


def lock_lines(*, cart_id: uuid.UUID, customer_id: int | None):
    """The lines of a cart that the caller may use, none otherwise.

    Locked by their cart: an order being placed of it contains the change, or the change is refused.
    """
    carts = Cart.objects.reachable_by(customer_id).select_for_update()
    cart = carts.filter(pk=cart_id).first()
    if cart is not None:
        touch_cart(cart)
    return CartItem.objects.filter(cart=cart)


@entry_service
def delete_cart(*, cart_id: uuid.UUID, customer_id: int | None = None) -> None:
    """Raises `CartNotFound`."""
    if not Cart.objects.reachable_by(customer_id).filter(pk=cart_id).delete()[0]:
        raise CartNotFound


@entry_service
def merge_carts(*, cart_id: uuid.UUID, customer_id: int) -> Cart:
    """Add an unowned cart's lines to the customer's own and consume it. Raises `CartNotFound`.

    No line grows beyond `LARGEST_QUANTITY`: nobody asked for a number here, so nobody can be told it is too large.
    """
    source = Cart.objects.unowned().select_for_update().filter(pk=cart_id).first()
    if source is None:
        raise CartNotFound
    target = Cart.objects.get_or_create(customer_id=customer_id)[0]
    # An order of it that is being placed contains what joins it, or is over before that does.
    if not Cart.objects.select_for_update().filter(pk=target.pk).exists():
        target = Cart.objects.create(customer_id=customer_id)
    if source.coupon_code and not target.coupon_code:
        Cart.objects.filter(pk=target.pk).update(coupon_code=source.coupon_code)
    for item in source.items.order_by("product_id"):
        increase_item(cart=target, product_id=item.product_id, quantity=item.quantity, caps=True)
    source.delete()
    return target


@entry_service
def join_guest_carts(*, cart_id: uuid.UUID, into_id: uuid.UUID) -> None:
    """Add one unowned cart's lines to another and consume it. Raises `CartNotFound` with nothing changed."""
    # In the order of their keys, so that two who join the same carts both ways do not deadlock.
    carts = Cart.objects.unowned().select_for_update().filter(pk__in=(cart_id, into_id)).order_by("pk")
    found = {cart.pk: cart for cart in carts}
    if len(found) < 2:
        raise CartNotFound
    for item in found[cart_id].items.order_by("product_id"):
        increase_item(cart=found[into_id], product_id=item.product_id, quantity=item.quantity, caps=True)
    found[cart_id].delete()


def remove_abandoned_carts() -> int:
    """Delete unowned carts that nobody has put anything in for `ABANDONED_AFTER`, in small transactions.

    Returns how many.
    """
    count = 0
    while removed := remove_some_carts():
        count += removed
    return count


@entry_service
def remove_some_carts() -> int:
    carts = Cart.objects.unowned().abandoned(timezone.now(), ABANDONED_AFTER)
    ids = list(carts.values_list("pk", flat=True)[:CLEANED_AT_ONCE])
    CartItem.objects.filter(cart_id__in=ids).delete()
    return Cart.objects.filter(pk__in=ids).delete()[0]
