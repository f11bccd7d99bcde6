"""From the cart to an order."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Customer
from checkout.attempts import TooManyCoupons, limit_attempts
from checkout.forms import CheckoutForm
from checkout.models import Cart
from checkout.selectors import order_path, show_cart, suggest_contact
from checkout.services.buyers import Buyer, Wishes
from checkout.services.carts import CartNotFound
from checkout.services.coupons import CouponRefused
from checkout.services.orders import CartEmpty, OrderTooLarge, TooManyUnpaid, place_order
from checkout.views.coupons import handle_coupon, show_with_problem
from checkout.visitors import find_cart, find_customer, quote_for_visitor
from database.transactions import Busy
from shop.services.stock import OutOfStock, Unavailable


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check_out(request: HttpRequest) -> HttpResponse:
    """The checkout form; posting it places the order and leads to its page, where it is paid."""
    began_at = timezone.now()
    cart, customer = find_cart(request), find_customer(request)
    if request.method != "POST":
        return show_form(request, form=CheckoutForm(initial=suggest_contact(customer)), cart=cart)
    if cart is not None and wants_coupon(request):
        return change_coupon(request, cart)
    form = CheckoutForm(request.POST)
    if cart is None or not form.is_valid():
        return show_form(request, form=form, cart=cart)
    buyer = make_buyer(form, customer)
    # What the page showed is what is ordered, whatever another tab did to the cart's coupon.
    wishes = Wishes(coupon=request.POST.get("coupon", cart.coupon_code))
    try:
        with limit_attempts(request, code=wishes.coupon):
            order = place_order(cart_id=cart.pk, buyer=buyer, wishes=wishes, now=began_at)
    except (CartNotFound, CartEmpty):
        return redirect("cart")
    except TooManyCoupons as error:
        return show_form(request, form=form, cart=cart, problem=str(error), status=429)
    except (CouponRefused, OutOfStock, OrderTooLarge, TooManyUnpaid, Unavailable) as error:
        return show_form(request, form=form, cart=cart, problem=str(error), status=409)
    except Busy as error:
        return show_form(request, form=form, cart=cart, problem=str(error), status=503)
    return redirect(order_path(order))


def wants_coupon(request: HttpRequest) -> bool:
    """A coupon is to be applied or removed. Also where Enter sent the form from the coupon's own field."""
    typed = request.POST.get("coupon_typed", "").strip()
    return bool(typed) or not {"apply_coupon", "remove_coupon"}.isdisjoint(request.POST)


def change_coupon(request: HttpRequest, cart: Cart) -> HttpResponse:
    """The page again with the new total: nothing typed is lost, and nothing is called wrong before its time."""
    problem = handle_coupon(request, cart, email=request.POST.get("email", "").strip())
    form = CheckoutForm(initial=request.POST.dict())
    if not problem:
        return show_form(request, form=form, cart=cart)
    return show_form(request, form=form, cart=cart, coupon_problem=problem, status=400)


def show_form(
    request: HttpRequest,
    *,
    form: CheckoutForm,
    cart: Cart | None,
    problem: str = "",
    coupon_problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page with what was typed. An empty cart leads back to the cart page."""
    if cart is not None and coupon_problem:
        shown = show_with_problem(request, cart, coupon_problem)
    else:
        shown = show_cart(cart, quote=quote_for_visitor(request, cart))
    if shown.is_empty:
        return redirect("cart")
    context = {
        "form": form,
        "cart": shown,
        "problem": problem,
        "signed_in": request.user.is_authenticated,
        "sign_in_url": f"{reverse('account_login')}?next={request.path}",
    }
    return render(request, "checkout/checkout.html", context, status=400 if form.errors else status)


def make_buyer(form: CheckoutForm, customer: Customer | None) -> Buyer:
    typed = {name: value for name, value in form.cleaned_data.items() if name != "accept_terms"}
    if customer is None:
        return Buyer(**typed)
    return Buyer(**typed, customer_id=customer.pk, user_id=customer.user_id)
