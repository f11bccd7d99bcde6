"""Coupons on the cart page. The checkout uses the same steps inside its own form."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from checkout.attempts import TooManyCoupons, limit_attempts
from checkout.models import Cart
from checkout.selectors.carts import ShownCart, show_cart
from checkout.services.cart_coupons import apply_coupon, remove_coupon
from checkout.services.carts import CartNotFound
from checkout.services.coupons import CouponRefused
from checkout.visitors import describe_buyer, find_cart, quote_for_visitor


@require_POST
@never_cache
def change_coupon(request: HttpRequest) -> HttpResponse:
    """Apply the typed coupon, or take the present one out. What does not hold comes back with its reason."""
    cart = find_cart(request)
    if cart is None:
        return redirect("cart")
    problem = handle_coupon(request, cart)
    if not problem:
        return redirect("cart")
    shown = show_with_problem(request, cart, problem)
    return render(request, "checkout/cart.html", {"cart": shown}, status=400)


def handle_coupon(request: HttpRequest, cart: Cart, *, email: str = "") -> str:
    """Do what the form asks; a sentence where the coupon does not hold."""
    code = request.POST.get("coupon_typed", "").strip()
    if "remove_coupon" in request.POST or not code:
        remove_coupon(cart_id=cart.pk, customer_id=cart.customer_id)
        cart.coupon_code = ""
        return ""
    buyer = describe_buyer(request, email=email)
    try:
        with limit_attempts(request, code=code):
            apply_coupon(cart_id=cart.pk, code=code, buyer=buyer, now=timezone.now())
    except (CouponRefused, TooManyCoupons) as error:
        return str(error)
    except CartNotFound:
        return ""  # ordered in another tab: the page that follows shows it
    cart.refresh_from_db()
    return ""


def show_with_problem(request: HttpRequest, cart: Cart, problem: str) -> ShownCart:
    """The cart as it is, with the code that was typed and what is wrong with it."""
    shown = show_cart(cart, quote=quote_for_visitor(request, cart))
    typed = request.POST.get("coupon_typed", "").strip()[:60]
    return replace(shown, coupon=typed, coupon_problem=problem)
