"""From the cart to an order."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Customer
from checkout.forms import CheckoutForm
from checkout.models import Cart
from checkout.selectors import order_path, show_cart, suggest_contact
from checkout.services.buyers import Buyer
from checkout.services.carts import CartNotFound
from checkout.services.orders import CartEmpty, OrderTooLarge, TooManyUnpaid, place_order
from checkout.visitors import find_cart, find_customer
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
    form = CheckoutForm(request.POST)
    if cart is None or not form.is_valid():
        return show_form(request, form=form, cart=cart)
    buyer = make_buyer(form, customer)
    try:
        order = place_order(cart_id=cart.pk, buyer=buyer, now=began_at)
    except (CartNotFound, CartEmpty):
        return redirect("cart")
    except (OutOfStock, OrderTooLarge, TooManyUnpaid, Unavailable) as error:
        return show_form(request, form=form, cart=cart, problem=str(error), status=409)
    except Busy as error:
        return show_form(request, form=form, cart=cart, problem=str(error), status=503)
    return redirect(order_path(order))


def show_form(
    request: HttpRequest, *, form: CheckoutForm, cart: Cart | None, problem: str = "", status: int = 200
) -> HttpResponse:
    """The page with what was typed. An empty cart leads back to the cart page."""
    shown = show_cart(cart)
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
