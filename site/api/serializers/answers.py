"""What answers look like that views put together themselves, for the schema."""

from rest_framework import serializers

from api.serializers.payments import VerifyPaymentSerializer
from checkout.enums import IntentStatus, OrderPaymentStatus


class CartProduct(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()
    unit_price = serializers.DecimalField(max_digits=12, decimal_places=2)


class CartLine(serializers.Serializer):
    id = serializers.IntegerField()
    product = CartProduct()
    quantity = serializers.IntegerField()
    total_price = serializers.DecimalField(max_digits=18, decimal_places=2)


class CartAnswer(serializers.Serializer):
    id = serializers.UUIDField()
    items = CartLine(many=True)
    total_price = serializers.DecimalField(max_digits=20, decimal_places=2)


class OrderLine(serializers.Serializer):
    id = serializers.IntegerField()
    product = CartProduct()
    unit_price = serializers.DecimalField(max_digits=12, decimal_places=2)
    quantity = serializers.IntegerField()


class OrderAnswer(serializers.Serializer):
    id = serializers.IntegerField()
    customer = serializers.IntegerField(allow_null=True)
    placed_at = serializers.DateTimeField()
    payment_status = serializers.ChoiceField(choices=OrderPaymentStatus.choices)
    items = OrderLine(many=True)


class GuestOrderAnswer(OrderAnswer):
    token = serializers.CharField()


class IntentAnswer(serializers.Serializer):
    """`amount` in rupees."""

    id = serializers.IntegerField()
    order_id = serializers.IntegerField()
    razorpay_order_id = serializers.CharField(allow_null=True)
    amount = serializers.DecimalField(max_digits=12, decimal_places=2)
    currency = serializers.CharField()
    status = serializers.ChoiceField(choices=IntentStatus.choices)
    receipt = serializers.CharField()
    customer_name = serializers.CharField()
    created_at = serializers.DateTimeField()


class PayerAnswer(serializers.Serializer):
    name = serializers.CharField()
    email = serializers.EmailField()
    contact = serializers.CharField()


class WindowAnswer(serializers.Serializer):
    """`amount` in paise, as Razorpay's window takes it."""

    payment_intent = IntentAnswer()
    razorpay_key = serializers.CharField()
    razorpay_order_id = serializers.CharField()
    amount = serializers.IntegerField()
    currency = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    customer = PayerAnswer()


class VerifiedAnswer(serializers.Serializer):
    message = serializers.CharField()
    payment_intent = IntentAnswer()
    order_status = serializers.ChoiceField(choices=["Complete", "Pending"])


class PaymentStatusAnswer(serializers.Serializer):
    order_id = serializers.IntegerField()
    payment_status = serializers.ChoiceField(choices=OrderPaymentStatus.choices)
    payment_intents = IntentAnswer(many=True)


class PaymentToOpen(serializers.Serializer):
    """One of the two: your own order's id, or a guest's token in its place."""

    order_id = serializers.IntegerField(required=False)
    order_token = serializers.CharField(max_length=200, required=False, help_text="Without a JWT.")


class PaymentToVerify(VerifyPaymentSerializer):
    """What Razorpay's window handed over; a guest adds the order's token."""

    order_token = serializers.CharField(max_length=200, required=False, help_text="Without a JWT.")


class AcceptedAnswer(serializers.Serializer):
    status = serializers.CharField()
