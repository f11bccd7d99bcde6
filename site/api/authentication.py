"""Tokens: simplejwt's, ended at once by the epoch on the user."""

from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import InvalidToken
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import Token

from accounts.models import User

EPOCH_CLAIM = "epoch"


def find_token_user(token: Token) -> User | None:
    """The active user a token speaks for, or None where it was ended by logout, password or deactivation."""
    claims = {"pk": token.get(api_settings.USER_ID_CLAIM), "token_epoch": token.get(EPOCH_CLAIM)}
    try:
        return User.objects.select_related("customer").filter(is_active=True, **claims).first()
    except (TypeError, ValueError):
        return None  # signed by our key, but not a token of this API


class TokenAuthentication(JWTAuthentication):
    def get_user(self, validated_token: Token) -> User:
        user = find_token_user(validated_token)
        if user is None:
            raise make_ended(validated_token)
        return user


def make_ended(token: Token) -> InvalidToken:
    """The body of every bad token, whatever is wrong with it: nobody learns which accounts exist."""
    message = {
        "token_class": type(token).__name__,
        "token_type": token.token_type,
        "message": "Token has ended",
    }
    return InvalidToken({"detail": "Given token not valid for any token type", "messages": [message]})
