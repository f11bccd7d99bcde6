from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.viewsets import ModelViewSet

from api.permissions import IsStaffOrReadOnly
from api.public_reads import public_read
from api.serializers.products import CollectionSerializer
from pages.services.collections import create_collection, delete_collection, rename_collection
from shop.models import Collection


class CollectionViewSet(ModelViewSet):
    """Anyone reads; staff write. Shoppers see collections whose page is live."""

    serializer_class = CollectionSerializer
    permission_classes = [IsStaffOrReadOnly]
    # Said again, because a counting query forgets the model's own order.
    queryset = Collection.objects.with_products_count().order_by("title", "pk")

    def get_queryset(self):
        """Shoppers read collections whose page is live; staff also write to the others."""
        collections = super().get_queryset()
        return collections.filter(page__live=True) if self.request.method in SAFE_METHODS else collections

    @public_read
    def list(self, request: Request, *args, **kwargs) -> Response:
        return super().list(request, *args, **kwargs)

    @public_read
    def retrieve(self, request: Request, *args, **kwargs) -> Response:
        return super().retrieve(request, *args, **kwargs)

    def perform_create(self, serializer: Serializer) -> None:
        serializer.instance = create_collection(
            title=serializer.validated_data["title"], user=self.request.user
        )

    def perform_update(self, serializer: Serializer) -> None:
        pk = serializer.instance.pk
        title = serializer.validated_data.get("title", serializer.instance.title)
        rename_collection(collection_id=pk, title=title, user=self.request.user)
        serializer.instance = self.get_queryset().get(pk=pk)

    def perform_destroy(self, instance: Collection) -> None:
        delete_collection(collection_id=instance.pk, user=self.request.user)
