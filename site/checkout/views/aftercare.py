"""What a buyer does with an order afterwards: cancel it while it is unpaid, or ask to send things back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from checkout.forms import ReturnForm
from checkout.selectors.orders import order_path
from checkout.services.expiry import cancel_order
from checkout.services.returns import ReturnRefused, find_returnable, request_return
from checkout.services.transitions import TransitionRefused
from checkout.views.orders import get_order_or_404
from database.transactions import Busy


@require_POST
@never_cache
def cancel(request: HttpRequest, **address) -> HttpResponse:
    order = get_order_or_404(request, **address)
    try:
        cancel_order(
            order_id=order.pk, why="Cancelled by the customer", at=timezone.now(), by_id=request.user.pk
        )
    except TransitionRefused:
        messages.error(request, _("This order cannot be cancelled any more: see below how it stands."))
    except Busy as error:
        messages.error(request, str(error))
    return redirect(order_path(order))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def send_back(request: HttpRequest, **address) -> HttpResponse:
    """The form that asks for a return; a wish that is written down leads to the order's page."""
    order, now = get_order_or_404(request, **address), timezone.now()
    most = find_returnable(order, now=now)
    form = ReturnForm(request.POST or None, items=order.items.filter(pk__in=most), most=most)
    problem, status = "", 200
    if request.method == "POST" and form.is_valid():
        try:
            request_return(
                order_id=order.pk,
                lines=form.read_lines(),
                reason=form.cleaned_data["reason"],
                now=now,
                by_id=request.user.pk,
            )
        except ReturnRefused as error:
            problem, status = str(error), 409
        except Busy as error:
            problem, status = str(error), 503
        else:
            messages.success(request, _("We have your wish and will write to you soon."))
            return redirect(order_path(order))
    context = {"form": form, "number": order.number, "problem": problem, "back_url": order_path(order)}
    response = render(request, "checkout/return.html", context, status=400 if form.errors else status)
    response["Referrer-Policy"] = "no-referrer"  # a guest's address is the secret
    return response
