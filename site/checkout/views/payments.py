"""What the order page's script asks while it takes a payment. Private: each answers only who may see the order."""

import json

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from checkout.enums import PaymentEffect, PaymentStatus
from checkout.gateways.razorpay import GatewayError, GatewayUnavailable
from checkout.models import Payment
from checkout.selectors.orders import order_path
from checkout.services.intents import (
    AlreadyPaid,
    IntentNotFound,
    InvalidSignature,
    OrderEnded,
    PaidInCash,
    open_payment,
    verify_payment,
)
from checkout.services.payments import UnknownPayment
from checkout.views.orders import get_order_or_404
from database.transactions import Busy

NOT_REACHED = (
    "The payment service cannot be reached right now. Your order is kept; please try again in a moment."
)
MESSAGES = {
    "paid": "Thank you! Your payment has arrived.",
    "pending": "Your bank is still working on the payment. This page tells you when it has arrived.",
    "held": "Your payment arrived and is being checked by our staff. You need not pay again.",
    "refunded": "Your payment is being sent back to you. A mail explains why.",
}


@require_POST
@never_cache
def start_payment(request: HttpRequest, **address) -> JsonResponse:
    """Options for the payment window; the hold of the stock is extended."""
    order = get_order_or_404(request, **address)
    try:
        window = open_payment(order_id=order.pk, now=timezone.now())
    except (AlreadyPaid, OrderEnded, PaidInCash) as error:
        return JsonResponse({"error": str(error), "redirect": order_path(order)}, status=409)
    except (GatewayError, Busy):
        return JsonResponse({"error": NOT_REACHED}, status=503)
    return JsonResponse(window.options())


@require_POST
@never_cache
def verify(request: HttpRequest, **address) -> JsonResponse:
    """The payment window's answer, handed on by the browser."""
    order = get_order_or_404(request, **address)
    try:
        payment = verify_payment(intents=order.payment_intents.all(), **read_answer(request))
    except (IntentNotFound, InvalidSignature, UnknownPayment) as error:
        return JsonResponse({"error": str(error)}, status=400)
    except GatewayUnavailable:
        # The money is safe: the webhook or the sweep will report it.
        return JsonResponse(
            {"status": "pending", "message": MESSAGES["pending"], "redirect": order_path(order)}
        )
    except (GatewayError, Busy):
        return JsonResponse({"error": NOT_REACHED}, status=503)
    status = describe_payment(payment)
    return JsonResponse({"status": status, "message": MESSAGES[status], "redirect": order_path(order)})


def read_answer(request: HttpRequest) -> dict[str, str]:
    names = ("razorpay_order_id", "razorpay_payment_id", "razorpay_signature")
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):  # no JSON, or nested without end
        data = {}
    return {name: str(data.get(name, "")) if isinstance(data, dict) else "" for name in names}


def describe_payment(payment: Payment) -> str:
    """One of the words of `MESSAGES`."""
    if payment.effect == PaymentEffect.HELD:
        return "held"
    if (
        payment.effect in (PaymentEffect.LATE, PaymentEffect.SURPLUS)
        or payment.status == PaymentStatus.REFUNDED
    ):
        return "refunded"
    return "paid" if payment.status == PaymentStatus.CAPTURED else "pending"


@require_safe
@never_cache
def tell_status(request: HttpRequest, **address) -> JsonResponse:
    return JsonResponse({"status": get_order_or_404(request, **address).status})
