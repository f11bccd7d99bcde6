"""What staff do with parcels and the cash for them, in Wagtail's admin. Each view calls one service."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from checkout.enums import OrderStatus
from checkout.models import Order
from checkout.parcel_form import ParcelForm
from checkout.services.cash import NotCash, record_cash, take_back_order
from checkout.services.fulfilment import (
    CashIsSentWhole,
    MoreThanLeft,
    NothingToSend,
    find_sendable,
    fulfil_order,
)
from checkout.services.transitions import TransitionRefused
from checkout.views.desk_orders import inspect_url, show_desk_form
from database.transactions import Busy


def act(request: HttpRequest, order_id: int, *, action: Callable[[int], object], done: str) -> HttpResponse:
    """Do it, say so or why not, and show the order again."""
    order = get_object_or_404(Order, pk=order_id)
    try:
        action(order.pk)
    except (NotCash, TransitionRefused, Busy) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(inspect_url(order.pk))


@permission_required("checkout.change_order", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, order_id: int) -> HttpResponse:
    """A parcel has left: what is in it, who carries it."""
    order = get_object_or_404(Order, pk=order_id)
    try:
        left = find_sendable(order)
    except (NothingToSend, TransitionRefused) as error:
        messages.error(request, str(error))
        return redirect(inspect_url(order.pk))
    form = ParcelForm(request.POST if request.method == "POST" else None, order=order, left=left)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            sent = fulfil_order(
                order_id=order.pk,
                at=timezone.now(),
                by_id=request.user.pk,
                tracking=form.tracking(),
                quantities=form.quantities(),
            )
        except (NothingToSend, MoreThanLeft, CashIsSentWhole, TransitionRefused, Busy) as error:
            problem = str(error)
        else:
            messages.success(request, tell_sent(sent))
            return redirect(inspect_url(order.pk))
    template = "checkout/desk/parcel.html"
    return show_desk_form(request, form=form, order=order, template=template, problem=problem)


def tell_sent(order: Order) -> str:
    if order.status == OrderStatus.FULFILLED:
        return _("The order is on its way, and its buyer is told.")
    return _("The parcel is on its way, and its buyer is told. The rest of the order still waits.")


@permission_required("checkout.add_payment", raise_exception=True)
@require_POST
def take_cash(request: HttpRequest, order_id: int) -> HttpResponse:
    """The cash for the order is here."""

    def record(order_id: int) -> None:
        record_cash(order_id=order_id, user=request.user)

    return act(request, order_id, action=record, done=_("The cash is recorded and the order is settled."))


@permission_required("checkout.change_order", raise_exception=True)
@require_POST
def take_back(request: HttpRequest, order_id: int) -> HttpResponse:
    """The parcel came back unpaid."""

    def take(order_id: int) -> None:
        take_back_order(order_id=order_id, user=request.user)

    return act(request, order_id, action=take, done=_("The order is cancelled and its stock is back."))
