"""Orders that staff enter for somebody on the phone; the buyer pays by the link in the mail."""

from collections.abc import Mapping
from datetime import datetime

from checkout.models import Cart, CartItem, Order
from checkout.services.buyers import NO_WISHES, Buyer, Wishes
from checkout.services.carts import CartNotFound, delete_cart
from checkout.services.orders import place_order
from database.transactions import entry_service


def place_phone_order(
    *,
    buyer: Buyer,
    quantities: Mapping[int, int],
    now: datetime,
    idempotency_key: str,
    wishes: Wishes = NO_WISHES,
) -> Order:
    """Place an order of `quantities` (by product id) for a buyer whom `buyer.entered_by_id` speaks for.

    Raises what `place_order` raises; nothing is left of it then. The same key gets the same order.
    """
    cart = fill_cart(quantities=quantities)
    try:
        return place_order(
            cart_id=cart.pk, buyer=buyer, wishes=wishes, now=now, idempotency_key=idempotency_key
        )
    except Exception:
        drop_cart(cart)
        raise


@entry_service
def fill_cart(*, quantities: Mapping[int, int]) -> Cart:
    """A cart of nobody, as the one way to an order asks for."""
    cart = Cart.objects.create()
    CartItem.objects.bulk_create(
        CartItem(cart=cart, product_id=product_id, quantity=count) for product_id, count in quantities.items()
    )
    return cart


def drop_cart(cart: Cart) -> None:
    try:
        delete_cart(cart_id=cart.pk)
    except CartNotFound:
        pass  # another try with the same key used it up
