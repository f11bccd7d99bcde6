"""What staff do to an order in Wagtail's admin. Each view asks for the right it needs and calls one service."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from checkout.desk_forms import ReasonForm, RefundForm
from checkout.gateways.razorpay import GatewayError
from checkout.models import Order
from checkout.services.concerns import settle_concern
from checkout.services.expiry import cancel_order
from checkout.services.reconciliation import reconcile_order
from checkout.services.refunds import RefundExceedsCaptured, RefundRefused, find_payment, refund_order
from checkout.services.transitions import TransitionRefused
from database.transactions import Busy


def inspect_url(order_id: int) -> str:
    return reverse("checkout_order_modeladmin_inspect", args=[order_id])


def show_desk_form(request: HttpRequest, *, form, order: Order, template: str, problem: str = "", **context):
    """The form again with what was typed, and the sentence that says what is wrong."""
    if problem:
        messages.error(request, problem)
    context |= {"form": form, "order": order, "back_url": inspect_url(order.pk)}
    return render(request, template, context, status=400 if form.errors or problem else 200)


@permission_required("checkout.refund_payment", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def refund(request: HttpRequest, order_id: int) -> HttpResponse:
    """Send money of an order back; `?payment=` names one that staff hold."""
    order = get_object_or_404(Order, pk=order_id)
    named = request.GET.get("payment", "")
    payment_id = int(named) if named.isdecimal() else None
    try:
        payment = find_payment(order=order, payment_id=payment_id)
    except RefundExceedsCaptured:
        messages.error(request, _("No money was captured for this order."))
        return redirect(inspect_url(order.pk))
    form = RefundForm(request.POST or None, order=order, payment=payment)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            done = refund_order(
                order_id=order.pk, payment_id=payment_id, by_id=request.user.pk, **form.wish()
            )
        except (RefundExceedsCaptured, RefundRefused, Busy) as error:
            problem = str(error)
        else:
            messages.success(request, _("₹%(amount)s are on their way back.") % {"amount": done.amount})
            return redirect(inspect_url(order.pk))
    return show_desk_form(
        request,
        form=form,
        order=order,
        template="checkout/desk/refund.html",
        problem=problem,
        payment=payment,
    )


@permission_required("checkout.change_order", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, order_id: int) -> HttpResponse:
    order = get_object_or_404(Order, pk=order_id)
    form = ReasonForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        why = f"Cancelled by staff: {form.cleaned_data['reason']}"
        try:
            cancel_order(order_id=order.pk, why=why, at=timezone.now(), by_id=request.user.pk)
        except (TransitionRefused, Busy) as error:
            problem = str(error)
        else:
            messages.success(request, _("The order is cancelled and its stock is back."))
            return redirect(inspect_url(order.pk))
    return show_desk_form(
        request, form=form, order=order, template="checkout/desk/cancel.html", problem=problem
    )


@permission_required("checkout.view_order", raise_exception=True)
@require_POST
def ask_razorpay(request: HttpRequest, order_id: int) -> HttpResponse:
    """Repair now what webhooks missed."""
    order = get_object_or_404(Order, pk=order_id)
    try:
        reconcile_order(order_id=order.pk)
    except (GatewayError, Busy) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Razorpay was asked, and what it said is written down."))
    return redirect(inspect_url(order.pk))


@permission_required("checkout.change_concern", raise_exception=True)
@require_POST
def settle(request: HttpRequest, concern_id: int) -> HttpResponse:
    settle_concern(concern_id=concern_id, by_id=request.user.pk, at=timezone.now())
    messages.success(request, _("Noted as settled."))
    return redirect(reverse("checkout_concern_modeladmin_index"))
