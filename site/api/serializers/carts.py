"""Shapes of carts. Prices are today's effective ones, before tax."""

from decimal import Decimal

from django.utils import timezone
from rest_framework import serializers

from checkout.models import CartItem
from checkout.services.carts import LARGEST_QUANTITY
from shop.models import Product
from shop.pricing import ZERO
from shop.selectors import price_product


def effective_price(product: Product) -> Decimal:
    """What one costs before tax."""
    return price_product(product, at=timezone.now()).unit.net


def shape_item(item: CartItem) -> dict:
    """A line whose product and its tax class are loaded."""
    price = effective_price(item.product)
    return {
        "id": item.pk,
        "product": {"id": item.product_id, "title": item.product.title, "unit_price": price},
        "quantity": item.quantity,
        "total_price": price * item.quantity,
    }


def shape_cart(cart_id, items: list[CartItem]) -> dict:
    lines = [shape_item(item) for item in items]
    total = sum((line["total_price"] for line in lines), ZERO)
    return {"id": str(cart_id), "items": lines, "total_price": total or 0}


class AddItemSerializer(serializers.Serializer):
    id = serializers.IntegerField(read_only=True)
    product_id = serializers.IntegerField()
    quantity = serializers.IntegerField(min_value=1, max_value=LARGEST_QUANTITY)


class ChangeItemSerializer(serializers.Serializer):
    quantity = serializers.IntegerField(min_value=1, max_value=LARGEST_QUANTITY)


class MergeSerializer(serializers.Serializer):
    cart_id = serializers.UUIDField()
