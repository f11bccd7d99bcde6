from collections.abc import Sequence

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import SAFE_METHODS, AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from api.includes.asking import add_includes
from api.includes.reviews import REVIEW_INCLUDES
from api.lists import answer_list
from api.parameters import REVIEW_PARAMETERS
from api.permissions import IsAuthorOrStaff
from api.public_reads import public_read
from api.serializers.reviews import ReviewSerializer
from api.throttling import ReviewThrottle
from pages.services.reviews import ReviewContent, change_review, delete_review, write_review
from shop.models import Product, Review


class ReviewsOfProduct(GenericAPIView):
    """Reviews stand below a product that is for sale; a size or colour shares those of its lead."""

    serializer_class = ReviewSerializer

    def get_product(self) -> Product:
        return get_object_or_404(Product.objects.live(), pk=self.kwargs["product_id"])

    def get_queryset(self):
        """What waits for approval nobody reads here; its author and staff may still change it."""
        reviews = Review.objects.filter(product_id=self.get_product().lead_id)
        return reviews.approved() if self.request.method in SAFE_METHODS else reviews

    def shape(self, reviews: Sequence[Review]) -> list[dict]:
        shapes = self.get_serializer(reviews, many=True).data
        return add_includes(shapes, reviews, loaders=REVIEW_INCLUDES, request=self.request)

    def read(self, **options) -> dict:
        form = self.get_serializer(data=self.request.data, **options)
        form.is_valid(raise_exception=True)
        return form.validated_data


class ReviewsView(ReviewsOfProduct):
    permission_classes = [AllowAny]

    def get_throttles(self):
        throttles = super().get_throttles()
        # Only where throttling is on at all (not under DEBUG).
        return [*throttles, ReviewThrottle()] if throttles and self.request.method == "POST" else throttles

    @extend_schema(
        operation_id="store_products_reviews_list",
        parameters=REVIEW_PARAMETERS,
        responses=ReviewSerializer(many=True),
    )
    @public_read
    def get(self, request: Request, product_id: int) -> Response:
        return answer_list(self, self.get_queryset(), self.shape)

    @extend_schema(parameters=REVIEW_PARAMETERS, responses={201: ReviewSerializer})
    def post(self, request: Request, product_id: int) -> Response:
        self.get_product()
        review = write_review(
            product_id=product_id,
            content=ReviewContent(**self.read()),
            author=request.user if request.user.is_authenticated else None,
        )
        return Response(self.shape([review])[0], status=status.HTTP_201_CREATED)


class ReviewView(ReviewsOfProduct):
    """Anyone reads; its author, signed in, and staff change it."""

    permission_classes = [IsAuthorOrStaff]
    lookup_url_kwarg = "review_id"

    @extend_schema(parameters=REVIEW_PARAMETERS)
    @public_read
    def get(self, request: Request, product_id: int, review_id: int) -> Response:
        return Response(self.shape([self.get_object()])[0])

    @extend_schema(parameters=REVIEW_PARAMETERS)
    def put(self, request: Request, product_id: int, review_id: int) -> Response:
        return self.change()

    @extend_schema(parameters=REVIEW_PARAMETERS)
    def patch(self, request: Request, product_id: int, review_id: int) -> Response:
        return self.change(partial=True)

    def change(self, **options) -> Response:
        review = self.get_object()
        changes = self.read(instance=review, **options)
        changed = change_review(review_id=review.pk, changes=changes, by_staff=self.request.user.is_staff)
        return Response(self.shape([changed])[0])

    def delete(self, request: Request, product_id: int, review_id: int) -> Response:
        delete_review(review_id=self.get_object().pk)
        return Response(status=status.HTTP_204_NO_CONTENT)
