"""From the cart to an order."""

from dataclasses import replace
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Customer
from accounts.pin_codes import guess_state
from checkout.attempts import TooManyCoupons, limit_attempts
from checkout.enums import OrderPaymentMethod
from checkout.forms import CheckoutForm
from checkout.models import Cart, CartItem
from checkout.selectors.carts import find_items, show_cart
from checkout.selectors.orders import order_path, suggest_contact
from checkout.services.buyers import Buyer, Wishes
from checkout.services.carts import CartNotFound
from checkout.services.choices import Choices, find_choices
from checkout.services.coupons import CouponRefused
from checkout.services.delivery import CashRefused, DeliveryUnknown, NotDeliverable
from checkout.services.orders import CartEmpty, OrderTooLarge, OrderTooSmall, TooManyUnpaid, place_order
from checkout.views.coupons import handle_coupon
from checkout.visitors import describe_buyer, find_cart, find_customer
from database.transactions import Busy
from shop.pricing.delivery import Destination
from shop.services.stock import OutOfStock, Unavailable

REFUSALS = (
    CashRefused,
    CouponRefused,
    DeliveryUnknown,
    OrderTooLarge,
    OrderTooSmall,
    OutOfStock,
    TooManyUnpaid,
    Unavailable,
)
# What belongs to the order rather than to its buyer.
CHOICES = ("delivery", "payment_method", "shown_total", "accept_terms")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check_out(request: HttpRequest) -> HttpResponse:
    """The checkout form; posting it places the order and leads to its page, where it is paid.

    Posted with `update` it only comes back, with the deliveries and the total of what was typed so far.
    """
    cart, customer = find_cart(request), find_customer(request)
    if request.method != "POST":
        return show_form(request, form=CheckoutForm(initial=suggest_contact(customer)), cart=cart)
    if "update" in request.POST:
        return show_form(request, form=CheckoutForm(initial=complete(request.POST.dict())), cart=cart)
    if cart is not None and wants_coupon(request):
        return change_coupon(request, cart)
    form = CheckoutForm(request.POST)
    if cart is None or not form.is_valid():
        return show_form(request, form=form, cart=cart)
    return order_cart(request, form=form, cart=cart, customer=customer)


def order_cart(
    request: HttpRequest, *, form: CheckoutForm, cart: Cart, customer: Customer | None
) -> HttpResponse:
    """Place the order that a valid form describes, unless it would cost something else than the page said."""
    began_at = timezone.now()
    buyer = make_buyer(form.cleaned_data, customer)
    wishes = make_wishes(form.cleaned_data, request=request, cart=cart)
    shown = form.cleaned_data["shown_total"]
    try:
        # Around the comparison too: whether a price changes tells whether a guessed coupon holds.
        with limit_attempts(request, code=wishes.coupon):
            if has_changed(shown, cart=cart, buyer=buyer, wishes=wishes):
                return show_form(request, form=form, cart=cart, is_new_total=True, status=409)
            order = place_order(cart_id=cart.pk, buyer=buyer, wishes=wishes, now=began_at)
    except (CartNotFound, CartEmpty):
        return redirect("cart")
    except NotDeliverable as error:
        form.add_error("postal_code", str(error))
        return show_form(request, form=form, cart=cart)
    except TooManyCoupons as error:
        return show_form(request, form=form, cart=cart, problem=str(error), status=429)
    except REFUSALS as error:
        return show_form(request, form=form, cart=cart, problem=str(error), status=409)
    except Busy as error:
        return show_form(request, form=form, cart=cart, problem=str(error), status=503)
    return redirect(order_path(order))


def has_changed(shown: Decimal | None, *, cart: Cart, buyer: Buyer, wishes: Wishes) -> bool:
    """Whether the order would cost something else than the page said. What is refused anyhow is told as that."""
    if shown is None:
        return False
    choices = find_choices(find_items(cart.pk), buyer=buyer, wishes=wishes, at=timezone.now())
    is_offered = not choices.problem and choices.wishes.payment_method == wishes.payment_method
    return is_offered and not choices.quote.coupon_problem and choices.total != shown


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
    is_new_total: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page with what was typed. An empty cart leads back to the cart page."""
    items = find_items(cart.pk) if cart else []
    if not items:
        return redirect("cart")
    choices = read_choices(request, form=form, cart=cart, items=items)
    shown = show_cart(cart, quote=choices.quote)
    if coupon_problem:
        typed = request.POST.get("coupon_typed", "").strip()[:60]
        shown = replace(shown, coupon=typed, coupon_problem=coupon_problem)
    context = {
        "form": form,
        "cart": shown,
        "choices": choices,
        "problem": problem,
        "is_new_total": is_new_total,
        "signed_in": request.user.is_authenticated,
        "sign_in_url": f"{reverse('account_login')}?next={request.path}",
    }
    return render(request, "checkout/checkout.html", context, status=400 if form.errors else status)


def read_choices(request: HttpRequest, *, form: CheckoutForm, cart: Cart, items: list[CartItem]) -> Choices:
    """What the cart costs with what stands in the form, complete or not."""
    typed = {name: form[name].value() or "" for name in (*CHOICES, "state", "postal_code")}
    buyer, pin_code = describe_buyer(request), typed["postal_code"]
    # A state alone is no address yet: PIN codes decide where nothing is delivered.
    if Destination(pin_code=pin_code).pin is not None:
        buyer = replace(buyer, postal_code=pin_code, state=typed["state"] or guess_state(pin_code))
    wishes = Wishes(
        coupon=cart.coupon_code,
        delivery=typed["delivery"],
        payment_method=typed["payment_method"] or OrderPaymentMethod.ONLINE,
    )
    return find_choices(items, buyer=buyer, wishes=wishes, at=timezone.now())


def complete(typed: dict[str, str]) -> dict[str, str]:
    """What was typed so far, with the state that the PIN code tells."""
    return {**typed, "state": typed.get("state") or guess_state(typed.get("postal_code", ""))}


def make_buyer(typed: dict, customer: Customer | None) -> Buyer:
    contact = {name: value for name, value in typed.items() if name not in CHOICES}
    if customer is None:
        return Buyer(**contact)
    return Buyer(**contact, customer_id=customer.pk, user_id=customer.user_id)


def make_wishes(typed: dict, *, request: HttpRequest, cart: Cart) -> Wishes:
    """What is chosen here. The coupon is the one that the page showed, whatever another tab did to the cart's."""
    return Wishes(
        coupon=request.POST.get("coupon", cart.coupon_code),
        delivery=typed["delivery"],
        payment_method=typed["payment_method"],
    )
