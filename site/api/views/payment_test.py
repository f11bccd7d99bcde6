"""A page to try a payment by hand: a token, an order, and Razorpay's window."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
@cache_control(private=True, no_store=True)
def show_payment_test(request: HttpRequest) -> HttpResponse:
    """For staff, and for everybody under DEBUG."""
    if not settings.DEBUG and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not settings.DEBUG and not request.user.is_staff:
        raise PermissionDenied
    base_url = request.build_absolute_uri("/").rstrip("/")
    script = settings.RAZORPAY_CHECKOUT_SCRIPT
    return render(request, "api/payment_test.html", {"base_url": base_url, "checkout_script": script})
