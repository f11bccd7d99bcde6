"""The order page: a customer finds it in the account, a guest by the secret link."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from checkout.document_selectors import list_documents, list_taxes
from checkout.enums import OrderStatus
from checkout.models import Order, Refund
from checkout.selectors.orders import find_order_by_token, list_orders, show_order
from checkout.services.returns import find_returnable
from checkout.visitors import find_customer


def get_order_or_404(request: HttpRequest, *, order_id: int | None = None, token: str | None = None) -> Order:
    """The order that the address names, if this visitor may see it; else the same 404 as for none."""
    if token is not None:
        order = find_order_by_token(token)
    else:
        customer = find_customer(request)
        order = Order.objects.visible().filter(pk=order_id, customer=customer).first() if customer else None
    if order is None:
        raise Http404("No order has this address.")
    return order


def find_aftercare(order: Order, *, prefix: str, argument: str | int) -> dict[str, Any]:
    """What became of the order's money and goods, and what the buyer may still do."""
    return {
        "refunds": Refund.objects.filter(payment__order=order) if order.is_paid else [],
        "returns": order.return_requests.all() if order.is_paid else [],
        "can_return": order.is_paid and bool(find_returnable(order, now=timezone.now())),
        # Cash orders too: nobody has to send a parcel that nobody wants.
        "can_cancel": order.can_be_cancelled,
        "return_url": reverse(f"{prefix}_return", args=[argument]),
        "cancel_url": reverse(f"{prefix}_cancel", args=[argument]),
    }


def payment_urls(*, order_id: int | None = None, token: str | None = None) -> dict[str, str]:
    """Where the order page's script pays, verifies and asks."""
    prefix, argument = ("guest_order", token) if token is not None else ("order", order_id)
    return {
        "start_url": reverse(f"{prefix}_pay", args=[argument]),
        "verify_url": reverse(f"{prefix}_verify", args=[argument]),
        "status_url": reverse(f"{prefix}_status", args=[argument]),
        "checkout_script": settings.RAZORPAY_CHECKOUT_SCRIPT,
    }


def make_document_url(*, order_id: int | None = None, token: str | None = None) -> Callable[..., str]:
    """Where the order's invoice is, and a credit note by its id."""
    prefix, argument = ("guest_order", token) if token is not None else ("order", order_id)

    def make_url(note_id: int | None = None) -> str:
        if note_id is None:
            return reverse(f"{prefix}_invoice", args=[argument])
        return reverse(f"{prefix}_credit_note", args=[argument, note_id])

    return make_url


@require_safe
@never_cache
def show_guest_order(request: HttpRequest, token: str) -> HttpResponse:
    order = get_order_or_404(request, token=token)
    aftercare = find_aftercare(order, prefix="guest_order", argument=token)
    response = render_order(request, order, aftercare, token=token)
    response["Referrer-Policy"] = "no-referrer"  # the address is the secret
    return response


@login_required
@require_safe
@never_cache
def show_own_order(request: HttpRequest, order_id: int) -> HttpResponse:
    order = get_order_or_404(request, order_id=order_id)
    aftercare = find_aftercare(order, prefix="order", argument=order_id)
    return render_order(request, order, aftercare, order_id=order_id)


def render_order(request: HttpRequest, order: Order, aftercare: dict[str, Any], **address) -> HttpResponse:
    items = list(order.items.select_related("product"))
    context = {
        "order": show_order(order, items=items, with_pictures=True),
        "taxes": list_taxes(order, items),
        "documents": list_documents(order, make_document_url(**address)),
        "can_pay": order.status == OrderStatus.PLACED and not order.is_cash,
        "payment": payment_urls(**address),
        "aftercare": aftercare,
        "parcels": [] if order.status == OrderStatus.PLACED else list(order.parcels),
    }
    return render(request, "checkout/order.html", context)


@login_required
@require_safe
@never_cache
def show_orders(request: HttpRequest) -> HttpResponse:
    return render(request, "checkout/order_list.html", {"orders": list_orders(find_customer(request))})


@login_required
@require_safe
@never_cache
def show_account(request: HttpRequest) -> HttpResponse:
    """The account's front page: who you are and what you bought last."""
    orders = list_orders(find_customer(request))[:5]
    context = {"name": request.user.display_name, "email": request.user.email, "orders": orders}
    return render(request, "accounts/account.html", context)
