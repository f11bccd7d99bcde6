"""Shapes of products and collections."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from shop.models import Collection, Product, ProductImage
from shop.selectors import PriceList


def find_prices(context: dict[str, Any]) -> PriceList:
    """Those of an answer: one moment for all its products, and the terms read once."""
    if "prices" not in context:
        context["prices"] = PriceList(at=timezone.now())
    return context["prices"]


class ProductImageSerializer(serializers.ModelSerializer):
    """`image` is an absolute URL."""

    image = serializers.ImageField(source="picture.file", read_only=True)

    class Meta:
        model = ProductImage
        fields = ["id", "image"]


class UploadSerializer(serializers.Serializer):
    """A JPEG, PNG or WebP, known by its content."""

    image = serializers.FileField()


class ProductSerializer(serializers.ModelSerializer):
    price_with_tax = serializers.SerializerMethodField()
    slug = serializers.SlugField(max_length=255, required=False)
    unit_price = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=Decimal(1))
    inventory = serializers.IntegerField(min_value=0, max_value=2_147_483_647)
    images = ProductImageSerializer(many=True, read_only=True)

    class Meta:
        model = Product
        fields = [
            "id",
            "title",
            "description",
            "slug",
            "inventory",
            "unit_price",
            "price_with_tax",
            "collection",
            "images",
        ]

    def get_price_with_tax(self, product: Product) -> Decimal:
        return find_prices(self.context).find(product).unit.gross


class CollectionSerializer(serializers.ModelSerializer):
    products_count = serializers.IntegerField(read_only=True, default=0)

    class Meta:
        model = Collection
        fields = ["id", "title", "products_count"]
