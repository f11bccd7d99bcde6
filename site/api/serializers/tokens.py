"""Tokens carry the user's epoch, so that logout, a new password or deactivation end them at once."""

from rest_framework import serializers
from rest_framework_simplejwt.exceptions import AuthenticationFailed, InvalidToken, TokenError
from rest_framework_simplejwt.tokens import RefreshToken, Token, UntypedToken

from accounts.models import User
from accounts.services.sign_in import (
    EmailUnconfirmed,
    SecondFactorRequired,
    SecondFactorWrong,
    WrongCredentials,
    sign_in,
)
from api.authentication import EPOCH_CLAIM, find_token_user

# Each is a 401 with its own code.
REFUSED = {
    WrongCredentials: "no_active_account",
    EmailUnconfirmed: "email_unconfirmed",
    SecondFactorRequired: "mfa_required",
    SecondFactorWrong: "mfa_invalid",
}


def make_refresh(user: User) -> RefreshToken:
    token = RefreshToken.for_user(user)
    token[EPOCH_CLAIM] = user.token_epoch
    return token


def read_token(kind: type[Token], raw: str) -> tuple[Token, User]:
    """A token of this kind and its user. Raises `InvalidToken`."""
    try:
        token = kind(raw)
    except TokenError as error:
        raise InvalidToken("Token is invalid") from error
    user = find_token_user(token)
    if user is None:
        raise InvalidToken("Token is invalid")
    return token, user


class CreateTokenSerializer(serializers.Serializer):
    """`username` may be the email address: the authentication backend knows both."""

    username = serializers.CharField(write_only=True, max_length=254)
    password = serializers.CharField(write_only=True, max_length=128, trim_whitespace=False)
    otp = serializers.CharField(
        write_only=True,
        required=False,
        max_length=20,
        help_text="The authenticator app's code, or a recovery code, where the account has a second factor.",
    )
    refresh = serializers.CharField(read_only=True)
    access = serializers.CharField(read_only=True)

    def validate(self, attrs: dict) -> dict[str, str]:
        request, limits = self.context["request"], self.context["limits"]
        login, password, code = attrs["username"], attrs["password"], attrs.get("otp", "")
        try:
            user = sign_in(request=request, login=login, password=password, code=code, limits=limits)
        except tuple(REFUSED) as error:
            raise AuthenticationFailed(str(error), REFUSED[type(error)]) from error
        refresh = make_refresh(user)
        return {"refresh": str(refresh), "access": str(refresh.access_token)}


class RefreshTokenSerializer(serializers.Serializer):
    refresh = serializers.CharField(write_only=True)
    access = serializers.CharField(read_only=True)

    def validate(self, attrs: dict) -> dict[str, str]:
        token, _user = read_token(RefreshToken, attrs["refresh"])
        return {"access": str(token.access_token)}


class VerifyTokenSerializer(serializers.Serializer):
    token = serializers.CharField(write_only=True)

    def validate(self, attrs: dict) -> dict:
        read_token(UntypedToken, attrs["token"])
        return {}


class LogoutSerializer(serializers.Serializer):
    refresh = serializers.CharField(write_only=True)

    def validate(self, attrs: dict) -> dict[str, User]:
        _token, user = read_token(RefreshToken, attrs["refresh"])
        return {"user": user}
