"""Shapes of payments: rupees inside the intent, paise beside it, as Razorpay's window wants them."""

from rest_framework import serializers

from api.serializers.moments import shape_moment
from checkout.models import PaymentIntent
from checkout.services.intents import PaymentWindow


class OpenPaymentSerializer(serializers.Serializer):
    order_id = serializers.IntegerField()


class OrderTokenSerializer(serializers.Serializer):
    """What a guest sends in place of `order_id`."""

    order_token = serializers.CharField(max_length=200)


class VerifyPaymentSerializer(serializers.Serializer):
    razorpay_order_id = serializers.CharField(max_length=40)
    razorpay_payment_id = serializers.CharField(max_length=40)
    razorpay_signature = serializers.CharField(max_length=200)


def shape_intent(intent: PaymentIntent, *, customer_name: str) -> dict:
    return {
        "id": intent.pk,
        "order_id": intent.order_id,
        "razorpay_order_id": intent.razorpay_order_id,
        "amount": intent.amount,
        "currency": intent.currency,
        "status": intent.status,
        "receipt": intent.receipt,
        "customer_name": customer_name,
        "created_at": shape_moment(intent.created_at),
    }


def shape_window(window: PaymentWindow, *, shop_name: str) -> dict:
    options = window.options()
    return {
        "payment_intent": shape_intent(window.intent, customer_name=options["prefill"]["name"]),
        "razorpay_key": options["key"],
        "razorpay_order_id": options["order_id"],
        "amount": options["amount"],
        "currency": options["currency"],
        "name": shop_name,
        "description": options["description"],
        "customer": options["prefill"],
    }
