"""The coupon that a cart remembers, for the pages. Whether it still holds is asked whenever it is priced."""

import uuid
from datetime import datetime

from checkout.models import Cart
from checkout.selectors.carts import find_items
from checkout.services.buyers import Buyer, Wishes
from checkout.services.carts import CartNotFound
from checkout.services.quotes import quote_items
from database.transactions import entry_service
from shop.models.coupon import normalise_code


@entry_service
def apply_coupon(*, cart_id: uuid.UUID, code: str, buyer: Buyer, now: datetime) -> None:
    """Remember a coupon that holds for the cart as it is. Raises `CouponRefused`, `CartNotFound`."""
    carts = Cart.objects.reachable_by(buyer.customer_id).filter(pk=cart_id)
    if not carts.exists():
        raise CartNotFound
    quote_items(find_items(cart_id), buyer=buyer, wishes=Wishes(coupon=code), at=now)
    carts.update(coupon_code=normalise_code(code))


@entry_service
def remove_coupon(*, cart_id: uuid.UUID, customer_id: int | None) -> None:
    """Forget the coupon of a cart, where it has one."""
    Cart.objects.reachable_by(customer_id).filter(pk=cart_id).update(coupon_code="")
