"""Whose cart a page request means: the customer's own, or the one the session remembers."""

import uuid

from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Customer
from accounts.services.users import ensure_customer
from checkout.models import Cart
from checkout.selectors.carts import Quote, find_items
from checkout.services.buyers import Buyer, Wishes
from checkout.services.carts import (
    CartNotFound,
    create_cart,
    join_guest_carts,
    merge_carts,
    open_customer_cart,
)
from checkout.services.quotes import quote_with_or_without_coupon

SESSION_KEY = "cart_id"


def find_customer(request: HttpRequest) -> Customer | None:
    return ensure_customer(user=request.user) if request.user.is_authenticated else None


def find_cart(request: HttpRequest) -> Cart | None:
    """The visitor's cart, where there is one. A guest's cart joins the customer's at the first look after sign-in."""
    customer = find_customer(request)
    remembered = remembered_cart_id(request)
    if customer is None:
        return Cart.objects.unowned().filter(pk=remembered).first() if remembered else None
    if remembered:
        join_carts(request, cart_id=remembered, customer=customer)
    return Cart.objects.filter(customer=customer).first()


def open_cart(request: HttpRequest) -> Cart:
    """The visitor's cart, made where there is none."""
    cart = find_cart(request)
    if cart is not None:
        return cart
    customer = find_customer(request)
    if customer is not None:
        return open_customer_cart(customer_id=customer.pk)
    cart = create_cart()
    request.session[SESSION_KEY] = str(cart.pk)
    return cart


def adopt_cart(request: HttpRequest, cart: Cart) -> None:
    """Make an unowned cart the visitor's; what they had put in another meanwhile joins it."""
    remembered = remembered_cart_id(request)
    if remembered and remembered != cart.pk:
        try:
            join_guest_carts(cart_id=remembered, into_id=cart.pk)
        except CartNotFound:
            pass  # ordered or cleaned away already
    request.session[SESSION_KEY] = str(cart.pk)


def join_carts(request: HttpRequest, *, cart_id: uuid.UUID, customer: Customer) -> None:
    try:
        merge_carts(cart_id=cart_id, customer_id=customer.pk)
    except CartNotFound:
        pass  # ordered, joined or cleaned away already
    del request.session[SESSION_KEY]


def remembered_cart_id(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.session.get(SESSION_KEY, ""))
    except ValueError:
        return None


def describe_buyer(request: HttpRequest, *, email: str = "") -> Buyer:
    """Who looks at the cart, as far as it is known before the checkout."""
    customer = find_customer(request)
    if customer is None:
        return Buyer(email=email)
    return Buyer(email=email or customer.user.email, customer_id=customer.pk, user_id=customer.user_id)


def quote_for_visitor(request: HttpRequest, cart: Cart | None) -> Quote | None:
    """What the cart costs its visitor, with its coupon where that holds; None without a cart."""
    if cart is None:
        return None
    return quote_with_or_without_coupon(
        find_items(cart.pk),
        buyer=describe_buyer(request),
        wishes=Wishes(coupon=cart.coupon_code),
        at=timezone.now(),
    )
