from collections.abc import Sequence

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from api.lists import answer_list
from api.permissions import IsStaffOrReadOnly
from api.public_reads import public_read
from api.serializers.products import ProductImageSerializer, UploadSerializer
from pages.services.product_pictures import remove_product_picture, upload_product_picture
from shop.models import Product, ProductImage
from shop.uploads import clean_picture


class ImagesOfProduct(GenericAPIView):
    permission_classes = [IsStaffOrReadOnly]
    serializer_class = ProductImageSerializer

    def get_product(self) -> Product:
        """Anyone sees the pictures of what is for sale; staff change those of everything not archived."""
        products = Product.objects.filter(archived_at=None)
        shown = products.live() if self.request.method in SAFE_METHODS else products
        return get_object_or_404(shown, pk=self.kwargs["product_id"])

    def get_queryset(self):
        return self.get_product().images.select_related("picture")


class ImagesView(ImagesOfProduct):
    """JPEG, PNG or WebP up to 500 KB, in the order the page shows them. Anyone reads; staff upload."""

    @extend_schema(operation_id="store_products_images_list", responses=ProductImageSerializer(many=True))
    @public_read
    def get(self, request: Request, product_id: int) -> Response:
        return answer_list(self, self.get_queryset(), self.shape)

    def shape(self, images: Sequence[ProductImage]) -> list[dict]:
        return self.get_serializer(images, many=True).data

    @extend_schema(request={"multipart/form-data": UploadSerializer}, responses={201: ProductImageSerializer})
    def post(self, request: Request, product_id: int) -> Response:
        product = self.get_product()
        form = UploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        file = form.validated_data["image"]
        image = upload_product_picture(
            product_id=product.pk, clean=clean_picture(file, size=file.size), user=request.user
        )
        return Response(self.get_serializer(image).data, status=status.HTTP_201_CREATED)


class ImageView(ImagesOfProduct):
    """Anyone reads; staff remove."""

    lookup_url_kwarg = "image_id"

    @public_read
    def get(self, request: Request, product_id: int, image_id: int) -> Response:
        return Response(self.get_serializer(self.get_object()).data)

    def delete(self, request: Request, product_id: int, image_id: int) -> Response:
        remove_product_picture(image_id=self.get_object().pk, user=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
