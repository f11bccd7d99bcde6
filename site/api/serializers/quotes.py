"""What a client may say to learn what a cart would cost."""

from rest_framework import serializers

from accounts.enums import IndianState
from accounts.validators import validate_pin_code
from api.serializers.orders import LONGEST_COUPON
from checkout.enums import OrderPaymentMethod


class QuotedAddressSerializer(serializers.Serializer):
    """As much of an address as decides the price. Whole addresses fit too; the rest is not looked at."""

    state = serializers.ChoiceField(choices=IndianState.choices, required=False)
    postal_code = serializers.CharField(max_length=10, validators=[validate_pin_code], required=False)
    country = serializers.ChoiceField(choices=["IN"], default="IN")


class QuoteSerializer(serializers.Serializer):
    address = QuotedAddressSerializer(required=False)
    delivery = serializers.CharField(max_length=100, required=False, allow_blank=True)
    coupon = serializers.CharField(max_length=LONGEST_COUPON, required=False, allow_blank=True)
    payment_method = serializers.ChoiceField(
        choices=OrderPaymentMethod.choices, default=OrderPaymentMethod.ONLINE
    )
