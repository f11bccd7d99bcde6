"""Shapes of reviews."""

from rest_framework import serializers

from shop.models import Review

LONGEST_DESCRIPTION = 5000


class ReviewSerializer(serializers.ModelSerializer):
    """The rating is written, and read only on request."""

    description = serializers.CharField(max_length=LONGEST_DESCRIPTION)
    rating = serializers.IntegerField(
        min_value=1, max_value=5, required=False, allow_null=True, write_only=True
    )

    class Meta:
        model = Review
        fields = ["id", "date", "name", "description", "rating"]
