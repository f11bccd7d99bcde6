from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.errors import Refused
from api.idempotency import idempotent
from api.parameters import RAZORPAY_EVENT_ID, RAZORPAY_SIGNATURE
from api.permissions import MayPay, has_order_token
from api.principals import find_customer_id
from api.serializers import answers
from api.serializers.payments import (
    OpenPaymentSerializer,
    OrderTokenSerializer,
    VerifyPaymentSerializer,
    shape_intent,
    shape_window,
)
from checkout.enums import PaymentEffect, PaymentStatus
from checkout.models import Order, Payment, PaymentIntent
from checkout.selectors.orders import find_order_by_token
from checkout.services.intents import open_payment, verify_payment
from checkout.services.webhooks import receive_webhook
from pages.models import ShopSettings

ORDER_NOT_FOUND = "Order not found"
COMPLETE, PENDING = "Complete", "Pending"


def find_customer_orders(request: Request):
    return Order.objects.visible().filter(customer=find_customer_id(request) or 0)


def find_payable_orders(request: Request):
    """A guest's order by its token, else the orders of the customer signed in."""
    if not has_order_token(request):
        return find_customer_orders(request)
    form = OrderTokenSerializer(data=request.data)
    form.is_valid(raise_exception=True)
    order = find_order_by_token(form.validated_data["order_token"])
    return Order.objects.filter(pk=order.pk if order else 0)


def find_order_to_pay(request: Request) -> Order:
    orders = find_payable_orders(request)
    if not has_order_token(request):
        form = OpenPaymentSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        orders = orders.filter(pk=form.validated_data["order_id"])
    order = orders.first()
    if order is None:
        raise ValidationError({"order_id": [ORDER_NOT_FOUND]})
    return order


class OpenPaymentView(APIView):
    permission_classes = [MayPay]

    @extend_schema(request=answers.PaymentToOpen, responses={201: answers.WindowAnswer})
    @idempotent
    def post(self, request: Request, *, idempotency_key: str | None) -> Response:
        """What Razorpay's payment window takes. `amount` is in paise, inside `payment_intent` in rupees.

        An intent that is open for the same amount is used again.
        """
        order = find_order_to_pay(request)
        window = open_payment(order_id=order.pk, now=timezone.now(), idempotency_key=idempotency_key)
        shape = shape_window(window, shop_name=ShopSettings.load().name)
        return Response(shape, status=status.HTTP_201_CREATED)


class VerifyPaymentView(APIView):
    permission_classes = [MayPay]

    @extend_schema(request=answers.PaymentToVerify, responses=answers.VerifiedAnswer)
    def post(self, request: Request) -> Response:
        """The signature is checked and Razorpay is asked, so nothing the browser says is believed. May be repeated.

        `Pending` means that the bank has agreed and the money is on its way.
        """
        form = VerifyPaymentSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        intents = PaymentIntent.objects.filter(order__in=find_payable_orders(request))
        return answer_verified(verify_payment(intents=intents, **form.validated_data))


def answer_verified(payment: Payment) -> Response:
    if payment.effect == PaymentEffect.HELD:
        raise Refused("The payment is being checked by staff.", status=409, code="payment_held")
    if (
        payment.effect in (PaymentEffect.LATE, PaymentEffect.SURPLUS)
        or payment.status == PaymentStatus.REFUNDED
    ):
        raise Refused("The payment is being refunded.", status=409, code="payment_refunded")
    intent = PaymentIntent.objects.get(pk=payment.intent_id)
    return Response(
        {
            "message": "Payment verified successfully",
            "payment_intent": shape_intent(intent, customer_name=payment.order.name),
            "order_status": COMPLETE if payment.status == PaymentStatus.CAPTURED else PENDING,
        }
    )


class PaymentStatusView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(responses=answers.PaymentStatusAnswer)
    def get(self, request: Request, order_id: int) -> Response:
        """Of your own order: every intent, newest first."""
        order = find_customer_orders(request).filter(pk=order_id).first()
        if order is None:
            raise NotFound(ORDER_NOT_FOUND)
        intents = order.payment_intents.order_by("-pk")
        return Response(
            {
                "order_id": order.pk,
                "payment_status": order.payment_status.value,
                "payment_intents": [shape_intent(intent, customer_name=order.name) for intent in intents],
            }
        )


class WebhookView(APIView):
    """Razorpay's events; the signature over the raw body is the authentication."""

    permission_classes = [AllowAny]
    authentication_classes: list = []
    throttle_classes: list = []

    @extend_schema(
        parameters=[RAZORPAY_SIGNATURE, RAZORPAY_EVENT_ID], request=dict, responses=answers.AcceptedAnswer
    )
    def post(self, request: Request) -> Response:
        receive_webhook(
            body=request.body,  # the bytes that were signed, before any parser
            signature=request.headers.get("X-Razorpay-Signature"),
            event_id=request.headers.get("X-Razorpay-Event-Id"),
        )
        return Response({"status": "ok"})
