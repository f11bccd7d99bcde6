"""What a cart would cost the caller."""

from django.utils import timezone
from rest_framework.request import Request

from api.principals import find_customer_id
from checkout.attempts import limit_attempts
from checkout.models import Cart
from checkout.selectors.carts import Quote, find_items
from checkout.services.buyers import NO_WISHES, Buyer, Wishes
from checkout.services.quotes import quote_items


def quote_cart(cart: Cart, request: Request, *, wishes: Wishes = NO_WISHES, **address: str) -> Quote:
    """What ordering the cart now would cost. Raises `CouponRefused`, `TooManyCoupons`.

    A guest's email is not asked for: the answer would tell strangers whether its owner has ordered before.
    """
    buyer = Buyer(email=getattr(request.user, "email", ""), customer_id=find_customer_id(request), **address)
    with limit_attempts(request, code=wishes.coupon):
        return quote_items(find_items(cart.pk), buyer=buyer, wishes=wishes, at=timezone.now())
