from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from accounts.services.users import revoke_tokens
from api.serializers import tokens
from api.throttling import find_sign_in_limits


class TokenView(APIView):
    """Validates one of the token serializers and answers what it says. The body alone decides who asks."""

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
    serializer_class = tokens.CreateTokenSerializer

    def get_context(self, request: Request) -> dict:
        # Only where throttling is on at all (not under DEBUG).
        limits = find_sign_in_limits(request) if self.throttle_classes else None
        return {**super().get_context(request), "limits": limits}


class RefreshTokenView(TokenView):
    serializer_class = tokens.RefreshTokenSerializer


class VerifyTokenView(TokenView):
    serializer_class = tokens.VerifyTokenSerializer


class LogoutView(TokenView):
    """Ends every token of the user whose refresh token is given."""

    serializer_class = tokens.LogoutSerializer

    @extend_schema(responses={204: OpenApiResponse(description="Every token of the user has ended.")})
    def post(self, request: Request) -> Response:
        revoke_tokens(**self.read(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
