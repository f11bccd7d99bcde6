"""Shapes of carts. Prices are today's effective ones, before tax."""

from collections.abc import Iterable

from django.utils import timezone
from rest_framework import serializers

from checkout.models import CartItem
from checkout.services.carts import LARGEST_QUANTITY
from shop.pricing import ZERO
from shop.selectors import PriceList


def shape_item(item: CartItem, *, prices: PriceList) -> dict:
    """A line whose product and its tax class are loaded."""
    price = prices.find(item.product).unit.net
    return {
        "id": item.pk,
        "product": {"id": item.product_id, "title": item.product.title, "unit_price": price},
        "quantity": item.quantity,
        "total_price": price * item.quantity,
    }


def shape_items(items: Iterable[CartItem]) -> list[dict]:
    """The lines of an answer, all priced at one moment."""
    prices = PriceList(at=timezone.now())
    return [shape_item(item, prices=prices) for item in items]


def shape_cart(cart_id, items: list[CartItem]) -> dict:
    lines = shape_items(items)
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
