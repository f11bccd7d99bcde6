import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.quoting import quote_cart
from api.serializers.deliveries import shape_offer
from api.serializers.quotes import QuoteSerializer
from api.serializers.totals import QuoteAnswer, shape_quote
from api.views.carts import get_cart
from checkout.services.buyers import Buyer, Wishes


class QuoteView(APIView):
    """What an order of the cart would cost: to this address, with this delivery and this coupon."""

    permission_classes = [AllowAny]

    @extend_schema(request=QuoteSerializer, responses=QuoteAnswer)
    def post(self, request: Request, cart_id: uuid.UUID) -> Response:
        form = QuoteSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        wishes = Wishes(
            coupon=said.get("coupon", ""),
            delivery=said.get("delivery", ""),
            payment_method=said["payment_method"],
        )
        address = said.get("address", {})
        quote = quote_cart(get_cart(request, cart_id), request, wishes=wishes, **address)
        return Response({**shape_quote(quote), **shape_offer(quote, Buyer(email="", **address))})
