"""Shapes of refunds; amounts in rupees."""

from decimal import Decimal

from rest_framework import serializers

from api.serializers.moments import shape_moment
from checkout.enums import RefundStatus
from checkout.models import Refund


class RefundLineSerializer(serializers.Serializer):
    """`item_id` is the id of the order's item."""

    item_id = serializers.IntegerField(min_value=1)
    quantity = serializers.IntegerField(min_value=1)


class RefundSerializer(serializers.Serializer):
    """Without `amount` and `lines` all that is left goes back."""

    amount = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=Decimal("0.01"), required=False
    )
    lines = RefundLineSerializer(many=True, required=False, allow_empty=False)
    restock = serializers.BooleanField(default=False)
    reason = serializers.CharField(max_length=255)

    def validate_lines(self, lines: list[dict]) -> dict[int, int]:
        """Quantities by item, as the service takes them."""
        quantities = {line["item_id"]: line["quantity"] for line in lines}
        if len(quantities) != len(lines):
            raise serializers.ValidationError("Name each line once.")
        return quantities


class RefundLineAnswer(RefundLineSerializer):
    amount = serializers.DecimalField(max_digits=12, decimal_places=2)


class RefundAnswer(serializers.Serializer):
    id = serializers.IntegerField()
    order_id = serializers.IntegerField()
    payment_id = serializers.CharField()
    amount = serializers.DecimalField(max_digits=12, decimal_places=2)
    currency = serializers.CharField()
    status = serializers.ChoiceField(choices=RefundStatus.choices)
    reason = serializers.CharField()
    lines = RefundLineAnswer(many=True)
    created_at = serializers.DateTimeField()


def shape_refund(refund: Refund) -> dict:
    """`payment_id` is the gateway's."""
    return {
        "id": refund.pk,
        "order_id": refund.payment.order_id,
        "payment_id": refund.payment.provider_id,
        "amount": refund.amount,
        "currency": refund.payment.currency,
        "status": refund.status,
        "reason": refund.reason,
        "lines": [
            {"item_id": line.item_id, "quantity": line.quantity, "amount": line.amount}
            for line in refund.lines.all()
        ],
        "created_at": shape_moment(refund.created_at),
    }
