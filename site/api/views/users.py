from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView, ListCreateAPIView, RetrieveUpdateAPIView
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from accounts.models import User
from accounts.services.users import change_details, change_password, register_user
from api.serializers.users import SetPasswordSerializer, SignUpSerializer, UserSerializer


class UsersView(ListCreateAPIView):
    """Anyone signs up; a user sees only themself, staff see all."""

    def get_permissions(self):
        return [AllowAny() if self.request.method == "POST" else IsAuthenticated()]

    def get_serializer_class(self) -> type[Serializer]:
        return SignUpSerializer if self.request.method == "POST" else UserSerializer

    def get_queryset(self):
        users = User.objects.order_by("pk")
        return users if self.request.user.is_staff else users.filter(pk=self.request.user.pk)

    def perform_create(self, serializer: Serializer) -> None:
        serializer.instance = register_user(**serializer.validated_data)


class MeView(RetrieveUpdateAPIView):
    permission_classes = [IsAuthenticated]
    serializer_class = UserSerializer

    def get_object(self) -> User:
        return self.request.user

    def perform_update(self, serializer: Serializer) -> None:
        change_details(user=serializer.instance, **serializer.validated_data)


class SetPasswordView(GenericAPIView):
    """A new password ends every token given out so far, the caller's own too."""

    permission_classes = [IsAuthenticated]
    serializer_class = SetPasswordSerializer

    @extend_schema(responses={204: OpenApiResponse(description="The password is changed.")})
    def post(self, request: Request) -> Response:
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        change_password(user=request.user, password=form.validated_data["new_password"])
        return Response(status=status.HTTP_204_NO_CONTENT)
