from collections.abc import Sequence

from django.db.models import Prefetch
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.viewsets import ModelViewSet

from api.filters import ProductFilter, ProductOrdering
from api.includes.asking import add_includes, find_asked
from api.includes.facets import FACETS, count_facets
from api.includes.products import PRODUCT_INCLUDES
from api.pagination import ProductPagination
from api.parameters import PRODUCT_LIST_PARAMETERS, PRODUCT_PARAMETERS
from api.permissions import IsStaffOrReadOnly
from api.public_reads import public_read
from api.serializers.products import ProductSerializer
from pages.services.products import ProductContent, create_product, delete_product, update_product
from shop.models import Product, ProductImage
from shop.services.products import ProductFacts

IMAGES = Prefetch("images", queryset=ProductImage.objects.select_related("picture"))


def read_products():
    """Products with all that their default shape needs: two queries."""
    return Product.objects.select_related("tax_class").prefetch_related(IMAGES)


class ShapesProducts:
    """The shape of products in every answer, with what was asked for."""

    def shape(self, products: Sequence[Product]) -> list[dict]:
        shapes = self.get_serializer(products, many=True).data
        return add_includes(shapes, products, loaders=PRODUCT_INCLUDES, request=self.request)


class ProductViewSet(ShapesProducts, ModelViewSet):
    """Anyone reads what is sold; staff write. Variants answer by their id, lists show leads."""

    serializer_class = ProductSerializer
    permission_classes = [IsStaffOrReadOnly]
    pagination_class = ProductPagination
    filter_backends = [DjangoFilterBackend, ProductOrdering]
    filterset_class = ProductFilter
    ordering_fields = ["unit_price", "last_update"]
    ordering = ["title"]

    def get_queryset(self):
        products = read_products()
        if self.action == "list":
            return products.live().leads()
        # Staff also write to what is not live; nobody reads it here.
        return products.live() if self.request.method in SAFE_METHODS else products.filter(archived_at=None)

    @extend_schema(parameters=PRODUCT_LIST_PARAMETERS)
    @public_read
    def list(self, request: Request, *args, **kwargs) -> Response:
        products = self.filter_queryset(self.get_queryset())
        page = self.paginate_queryset(products)
        response = self.get_paginated_response(self.shape(page))
        if FACETS in find_asked(request):
            response.data[FACETS] = count_facets(products)
        return response

    @extend_schema(parameters=PRODUCT_PARAMETERS)
    @public_read
    def retrieve(self, request: Request, *args, **kwargs) -> Response:
        return Response(self.shape([self.get_object()])[0])

    @extend_schema(parameters=PRODUCT_PARAMETERS)
    def create(self, request: Request, *args, **kwargs) -> Response:
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        self.perform_create(form)
        return Response(self.shape([form.instance])[0], status=status.HTTP_201_CREATED)

    @extend_schema(parameters=PRODUCT_PARAMETERS)
    def update(self, request: Request, *args, partial: bool = False, **kwargs) -> Response:
        form = self.get_serializer(self.get_object(), data=request.data, partial=partial)
        form.is_valid(raise_exception=True)
        self.perform_update(form)
        return Response(self.shape([form.instance])[0])

    @extend_schema(parameters=PRODUCT_PARAMETERS)
    def partial_update(self, request: Request, *args, **kwargs) -> Response:
        return self.update(request, *args, partial=True, **kwargs)

    def perform_create(self, serializer: Serializer) -> None:
        data = serializer.validated_data
        serializer.instance = create_product(
            content=ProductContent(
                title=data["title"], slug=data.get("slug", ""), description=data.get("description", "")
            ),
            facts=ProductFacts(unit_price=data["unit_price"], inventory=data["inventory"]),
            collection_id=data["collection"].pk,
            user=self.request.user,
        )

    def perform_update(self, serializer: Serializer) -> None:
        changes = dict(serializer.validated_data)
        collection = changes.pop("collection", None)
        if collection is not None:
            changes["collection_id"] = collection.pk
        serializer.instance = update_product(
            product_id=serializer.instance.pk, changes=changes, user=self.request.user
        )

    def perform_destroy(self, instance: Product) -> None:
        delete_product(product_id=instance.pk, user=self.request.user)
