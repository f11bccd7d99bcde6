from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView, ListCreateAPIView, RetrieveUpdateDestroyAPIView
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from accounts.models import User
from accounts.services.passwords import request_password_reset, reset_password
from accounts.services.users import change_details, change_password, register_user
from api.serializers.users import (
    ConfirmResetSerializer,
    CurrentPasswordSerializer,
    ResetPasswordSerializer,
    SetPasswordSerializer,
    SignUpSerializer,
    UserSerializer,
)
from checkout.services.forgetting import delete_account


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


class MeView(RetrieveUpdateDestroyAPIView):
    """The account of the token. The username stays; a new email address may have to be confirmed."""

    permission_classes = [IsAuthenticated]

    def get_serializer_class(self) -> type[Serializer]:
        return CurrentPasswordSerializer if self.request.method == "DELETE" else UserSerializer

    def get_object(self) -> User:
        return self.request.user

    def perform_update(self, serializer: Serializer) -> None:
        change_details(user=serializer.instance, **serializer.validated_data)

    @extend_schema(request=CurrentPasswordSerializer)
    def delete(self, request: Request) -> Response:
        """Asks for the password again. What orders must keep is made anonymous; everything else is gone, at once."""
        self.get_serializer(data=request.data).is_valid(raise_exception=True)
        delete_account(user=request.user, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


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


class ResetPasswordView(GenericAPIView):
    """Mails a link where an account has the address. The answer is the same where none has."""

    permission_classes = [AllowAny]
    serializer_class = ResetPasswordSerializer

    @extend_schema(
        responses={204: OpenApiResponse(description="If there is such an account, a mail is under way.")}
    )
    def post(self, request: Request) -> Response:
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        request_password_reset(request=request, **form.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ConfirmResetView(GenericAPIView):
    """Sets a new password by the link's `uid` and `token`, once. Every token given out so far ends."""

    permission_classes = [AllowAny]
    serializer_class = ConfirmResetSerializer

    @extend_schema(responses={204: OpenApiResponse(description="The password is changed.")})
    def post(self, request: Request) -> Response:
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        reset_password(uid=data["uid"], token=data["token"], password=data["new_password"])
        return Response(status=status.HTTP_204_NO_CONTENT)
