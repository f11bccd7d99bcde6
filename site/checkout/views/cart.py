"""The cart page, and the small private request that tells a public page who is looking."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from checkout.forms import AddForm, QuantityForm
from checkout.models import Cart
from checkout.origins import same_origin_required
from checkout.selectors.carts import show_cart
from checkout.services.carts import (
    CartItemNotFound,
    CartNotFound,
    ProductNotSold,
    QuantityTooLarge,
    add_to_cart,
    change_quantity,
    remove_item,
)
from checkout.visitors import find_cart, open_cart, quote_for_visitor
from shop.selectors import list_liked

NOT_SOLD = "This product is no longer for sale."
PLEASE_CHECK = "Please choose a product and a quantity."


@require_safe
@never_cache
def show_cart_page(request: HttpRequest) -> HttpResponse:
    cart = find_cart(request)
    shown = show_cart(cart, quote=quote_for_visitor(request, cart))
    return render(request, "checkout/cart.html", {"cart": shown})


@require_safe
@never_cache
def summarise_cart(request: HttpRequest) -> JsonResponse:
    """What a public page cannot know: how much is in the cart, the visitor's name, and what they like."""
    user = request.user if request.user.is_authenticated else None
    return JsonResponse(
        {
            "count": count_items(find_cart(request)),
            "name": user.display_name if user else None,
            "likes": list_liked(user=user) if user else [],
        }
    )


def count_items(cart: Cart | None) -> int:
    return sum(cart.items.values_list("quantity", flat=True)) if cart else 0


@require_POST
@never_cache
@same_origin_required
def add(request: HttpRequest) -> HttpResponse:
    """Put a product in the cart. A page's script asks for JSON; without scripts the cart page follows."""
    wants_json = "application/json" in request.headers.get("Accept", "")
    form = AddForm(request.POST)
    cart, problem = None, PLEASE_CHECK
    if form.is_valid():
        cart, problem = try_to_add(request, **form.cleaned_data)
    if wants_json:
        return answer_json(cart, problem)
    if problem:
        messages.error(request, problem)
    return redirect("cart")


def try_to_add(request: HttpRequest, *, product_id: int, quantity: int) -> tuple[Cart | None, str]:
    """The cart, and a sentence where it did not work."""
    cart = open_cart(request)
    try:
        add_to_cart(cart_id=cart.pk, product_id=product_id, quantity=quantity, customer_id=cart.customer_id)
    except (ProductNotSold, CartNotFound):
        return cart, NOT_SOLD
    except QuantityTooLarge as error:
        return cart, str(error)
    return cart, ""


def answer_json(cart: Cart | None, problem: str) -> JsonResponse:
    if problem:
        return JsonResponse({"error": problem}, status=400)
    return JsonResponse(
        {"count": count_items(cart), "message": "Added to your cart", "cart_url": reverse("cart")}, status=201
    )


@require_POST
@never_cache
def change(request: HttpRequest, item_id: int) -> HttpResponse:
    """Set the quantity of a line; 0 removes it."""
    form = QuantityForm(request.POST)
    cart = find_cart(request)
    if cart is None or not form.is_valid():
        messages.error(request, "Please enter a quantity as a whole number.")
        return redirect("cart")
    try:
        change_quantity(
            cart_id=cart.pk,
            item_id=item_id,
            quantity=form.cleaned_data["quantity"],
            customer_id=cart.customer_id,
        )
    except CartItemNotFound:
        messages.info(request, "That product was no longer in your cart.")
    return redirect("cart")


@require_POST
@never_cache
def remove(request: HttpRequest, item_id: int) -> HttpResponse:
    cart = find_cart(request)
    if cart is not None:
        try:
            remove_item(cart_id=cart.pk, item_id=item_id, customer_id=cart.customer_id)
        except CartItemNotFound:
            pass  # removed in another tab: the page that follows shows what is left
    return redirect("cart")
