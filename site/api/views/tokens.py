from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from accounts.services.users import revoke_tokens
from api.serializers import tokens
from api.throttling import find_password_limits


class TokenView(APIView):
    # What the token serializers validate is the answer. The body alone decides who asks.
    permission_classes = [AllowAny]
    authentication_classes: list = []
    serializer_class: type[Serializer]

    def get_authenticate_header(self, request: Request) -> str:
        return 'JWT realm="api"'

    def read(self, request: Request) -> dict:
        serializer = self.serializer_class(data=request.data, context=self.get_context(request))
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def get_context(self, request: Request) -> dict:
        return {"request": request}

    def post(self, request: Request) -> Response:
        return Response(self.read(request))


class CreateTokenView(TokenView):
    """Username, or email address, and password for two tokens: `access` lives 24 hours, `refresh` a day.

    Accounts with a second factor send its code as `otp`. Wrong passwords are counted by account and by address.
    """

    serializer_class = tokens.CreateTokenSerializer

    def get_context(self, request: Request) -> dict:
        return {**super().get_context(request), "limits": find_password_limits(request, self)}


class RefreshTokenView(TokenView):
    """A new access token; the refresh token stays the one you have."""

    serializer_class = tokens.RefreshTokenSerializer


class VerifyTokenView(TokenView):
    """Answers an empty object for an access or refresh token that is still good."""

    serializer_class = tokens.VerifyTokenSerializer

    @extend_schema(responses={200: dict})
    def post(self, request: Request) -> Response:
        return super().post(request)


class LogoutView(TokenView):
    """Ends every token of the user whose refresh token is given."""

    serializer_class = tokens.LogoutSerializer

    @extend_schema(responses={204: OpenApiResponse(description="Every token of the user has ended.")})
    def post(self, request: Request) -> Response:
        revoke_tokens(**self.read(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
