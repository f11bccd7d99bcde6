"""An order that staff enter for somebody on the phone."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from checkout.models import Order
from checkout.phone_forms import PhoneLines, PhoneOrderForm
from checkout.services.coupons import CouponRefused
from checkout.services.delivery import NotDeliverable
from checkout.services.orders import OrderTooLarge, OrderTooSmall, TooManyUnpaid
from checkout.services.phone_orders import place_phone_order
from checkout.views.desk_orders import inspect_url
from database.transactions import Busy
from shop.services.stock import OutOfStock, Unavailable


@permission_required("checkout.add_order", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def enter_order(request: HttpRequest) -> HttpResponse:
    """Place an order for a buyer; the link to pay goes to them by mail."""
    form, lines = PhoneOrderForm(request.POST or None), PhoneLines(request.POST or None)
    problem = ""
    # Both are asked, so that all that is wrong is said at once.
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        try:
            order = place_phone_order(
                buyer=form.make_buyer(entered_by_id=request.user.pk),
                wishes=form.make_wishes(),
                quantities=lines.read_quantities(),
                now=timezone.now(),
                idempotency_key=form.cleaned_data["key"],
            )
        except OutOfStock as error:
            problem = describe_shortage(error, lines)
        except CouponRefused as error:
            form.add_error("coupon", str(error))
        except (Unavailable, NotDeliverable, OrderTooLarge, OrderTooSmall, TooManyUnpaid, Busy) as error:
            problem = str(error)
        else:
            messages.success(request, describe_success(order))
            return redirect(inspect_url(order.pk))
    if problem:
        messages.error(request, problem)
    context = {
        "form": form,
        "lines": lines,
        "media": form.media + lines.media,
        "back_url": reverse("checkout_order_modeladmin_index"),
    }
    is_wrong = bool(problem or form.errors or lines.total_error_count())
    return render(request, "checkout/desk/phone_order.html", context, status=400 if is_wrong else 200)


def describe_success(order: Order) -> str:
    sentence = _("Order #%(number)s is placed, and the link to pay it is on its way to %(email)s.")
    if order.is_free:
        sentence = _(
            "Order #%(number)s is placed. There is nothing to pay; the invoice is on its way to %(email)s."
        )
    return sentence % {"number": order.number, "email": order.email}


def describe_shortage(error: OutOfStock, lines: PhoneLines) -> str:
    """Which product is short, for the person who has the buyer on the line."""
    products = [form.cleaned_data.get("product") for form in lines.forms]
    titles = {product.pk: product.full_title for product in products if product}
    return " ".join(
        _("Only %(available)s of %(title)s are left.")
        % {"available": shortage.available, "title": titles[shortage.product_id]}
        for shortage in error.shortages
    )
