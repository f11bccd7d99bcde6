from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.lists import answer_list
from api.parameters import PRODUCT_PARAMETERS
from api.serializers.products import ProductSerializer
from api.views.products import ShapesProducts, read_products
from shop.services.likes import like_product, unlike_product


class LikeView(APIView):
    """The caller likes a product, or no longer. Both may be repeated."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        request=None, responses={204: OpenApiResponse(description="The caller likes the product.")}
    )
    def post(self, request: Request, product_id: int) -> Response:
        like_product(product_id=product_id, user=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={204: OpenApiResponse(description="The caller does not like the product.")})
    def delete(self, request: Request, product_id: int) -> Response:
        unlike_product(product_id=product_id, user=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class LikesView(ShapesProducts, GenericAPIView):
    """What the caller likes and is for sale, in the shape of products, newest like first."""

    permission_classes = [IsAuthenticated]
    serializer_class = ProductSerializer

    def get_queryset(self):
        return read_products().live().filter(likes__user=self.request.user).order_by("-likes__id")

    @extend_schema(
        operation_id="store_likes_list",
        parameters=PRODUCT_PARAMETERS,
        responses=ProductSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return answer_list(self, self.get_queryset(), self.shape)
