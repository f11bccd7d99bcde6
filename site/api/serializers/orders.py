"""Shapes of orders."""

from rest_framework import serializers

from accounts.enums import IndianState
from accounts.validators import validate_phone, validate_pin_code
from api.serializers.moments import shape_moment
from checkout.enums import OrderPaymentMethod, OrderPaymentStatus
from checkout.models import Order, OrderItem

LONGEST_EMAIL = 254
LONGEST_COUPON = 255  # more than any coupon has: what is longer was never one, and says so like the others
ONE_ADDRESS = "Send either an address or the id of a saved one, not both."


def shape_order_item(item: OrderItem) -> dict:
    return {
        "id": item.pk,
        "product": {"id": item.product_id, "title": item.title, "unit_price": item.unit_price},
        "unit_price": item.unit_price,
        "quantity": item.quantity,
    }


def shape_order(order: Order) -> dict:
    """The default shape; the order's items are loaded."""
    return {
        "id": order.pk,
        "customer": order.customer_id,
        "placed_at": shape_moment(order.placed_at),
        "payment_status": order.payment_status.value,
        "items": [shape_order_item(item) for item in order.items.all()],
    }


class AddressSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=150)
    phone = serializers.CharField(max_length=20, required=False, validators=[validate_phone])
    line1 = serializers.CharField(max_length=200)
    line2 = serializers.CharField(max_length=200, required=False, allow_blank=True)
    city = serializers.CharField(max_length=100)
    state = serializers.ChoiceField(choices=IndianState.choices)
    postal_code = serializers.CharField(max_length=10, validators=[validate_pin_code])
    country = serializers.ChoiceField(choices=["IN"], default="IN")


class PlaceOrderSerializer(serializers.Serializer):
    cart_id = serializers.UUIDField()
    address = AddressSerializer(required=False)
    address_id = serializers.IntegerField(required=False, help_text="One of the caller's saved addresses.")
    email = serializers.EmailField(max_length=LONGEST_EMAIL, required=False)
    phone = serializers.CharField(max_length=20, required=False, validators=[validate_phone])
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)
    company = serializers.CharField(
        max_length=150, required=False, allow_blank=True, help_text="A business that the invoice is for."
    )
    gstin = serializers.CharField(
        max_length=30, required=False, allow_blank=True, help_text="Its GSTIN, of the state of the address."
    )
    coupon = serializers.CharField(
        max_length=LONGEST_COUPON, required=False, allow_blank=True, help_text="The code of a coupon."
    )
    delivery = serializers.CharField(max_length=80, required=False, allow_blank=True)
    payment_method = serializers.ChoiceField(
        choices=OrderPaymentMethod.choices, default=OrderPaymentMethod.ONLINE
    )

    def validate(self, attrs: dict) -> dict:
        if "address" in attrs and "address_id" in attrs:
            raise serializers.ValidationError({"address_id": [ONE_ADDRESS]})
        return attrs


class PlaceGuestOrderSerializer(PlaceOrderSerializer):
    address = AddressSerializer()
    address_id = None  # guests have saved none
    email = serializers.EmailField(max_length=LONGEST_EMAIL)


class PaymentStatusSerializer(serializers.Serializer):
    payment_status = serializers.ChoiceField(choices=OrderPaymentStatus.choices)
