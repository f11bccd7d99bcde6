from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.idempotency import idempotent
from api.permissions import MayRefund
from api.serializers.refunds import RefundAnswer, RefundSerializer, shape_refund
from checkout.models import Order
from checkout.services.refunds import refund_order


class RefundsView(APIView):
    permission_classes = [MayRefund]

    @extend_schema(request=RefundSerializer, responses={201: RefundAnswer})
    @idempotent
    def post(self, request: Request, order_id: int, *, idempotency_key: str | None) -> Response:
        """For staff who may. Without `amount` and `lines` all that is left goes back.

        `restock` puts the lines, named by the `item_id` of the order's items, back on the shelf. Never more
        than was captured.
        """
        order = get_object_or_404(Order.objects.visible(), pk=order_id)
        form = RefundSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        refund = refund_order(
            order_id=order.pk,
            by_id=request.user.pk,
            idempotency_key=idempotency_key,
            **form.validated_data,
        )
        return Response(shape_refund(refund), status=status.HTTP_201_CREATED)
