"""What clients are told by themselves, in the schema: one webhook for each kind of event (docs/webhooks.md)."""

from drf_spectacular.utils import OpenApiWebhook, extend_schema, inline_serializer
from rest_framework import serializers

from api.serializers.totals import amount_field
from checkout.enums import OrderEvent, OrderPaymentMethod, OrderPaymentStatus, OrderStatus, RefundStatus
from shop.enums import ProductEvent

TAG = "Webhooks"
SIGNED = (
    "Signed: `Haat-Signature: t=<seconds>,v1=<hex>`, HMAC-SHA256 over `<seconds>.<body>`. "
    "Sent at least once, in no order; `Haat-Event` is the same for every try. Answer any 2xx within 10 s."
)


class OrderEventData(serializers.Serializer):
    id = serializers.IntegerField()
    number = serializers.CharField()
    customer = serializers.IntegerField(allow_null=True, help_text="Null for a guest.")
    status = serializers.ChoiceField(choices=OrderStatus.choices)
    payment_status = serializers.ChoiceField(choices=OrderPaymentStatus.choices)
    payment_method = serializers.ChoiceField(choices=OrderPaymentMethod.choices)
    placed_at = serializers.DateTimeField()
    currency = serializers.CharField()
    total = amount_field()


class RefundEventPart(serializers.Serializer):
    id = serializers.IntegerField()
    amount = amount_field()
    status = serializers.ChoiceField(choices=RefundStatus.choices)
    reason = serializers.CharField()


class RefundEventData(OrderEventData):
    refund = RefundEventPart()


class ProductEventData(serializers.Serializer):
    id = serializers.IntegerField()
    sku = serializers.CharField()
    title = serializers.CharField()
    slug = serializers.CharField()
    unit_price = amount_field()
    inventory = serializers.IntegerField()
    collection = serializers.IntegerField()
    variant_of = serializers.IntegerField(
        allow_null=True, help_text="The product whose size or colour it is."
    )
    is_live = serializers.BooleanField(help_text="False: it is no longer sold, or was deleted.")


class StockEventData(ProductEventData):
    low_stock_threshold = serializers.IntegerField()


DATA: dict[str, type[serializers.Serializer]] = {
    OrderEvent.REFUNDED: RefundEventData,
    ProductEvent.CHANGED: ProductEventData,
    ProductEvent.STOCK_LOW: StockEventData,
}


def describe_event(kind: str, label: str) -> OpenApiWebhook:
    name = "".join(word.title() for word in kind.split("."))
    fields = {
        "id": serializers.UUIDField(),
        "type": serializers.ChoiceField(choices=[kind]),
        "created_at": serializers.DateTimeField(),
        "data": DATA.get(kind, OrderEventData)(),
    }
    body = inline_serializer(name=f"{name}Event", fields=fields)
    answers = {200: None}
    operation = extend_schema(
        operation_id=kind, request=body, responses=answers, summary=label, description=SIGNED, tags=[TAG]
    )
    return OpenApiWebhook(name=kind, decorator=operation)


WEBHOOKS = [
    describe_event(kind.value, str(kind.label)) for kinds in (OrderEvent, ProductEvent) for kind in kinds
]
