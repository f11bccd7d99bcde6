"""How often one may ask; the rates are settings."""

from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, BaseThrottle, SimpleRateThrottle, UserRateThrottle

from accounts.networks import widen
from accounts.services.attempts import Limit
from accounts.services.sign_in import SignInLimits

if TYPE_CHECKING:
    # REST framework's views read this module while they load themselves.
    from rest_framework.views import APIView


class AnonymousThrottle(AnonRateThrottle):
    """Callers without a token, by address."""

    scope = "anonymous"

    def get_ident(self, request) -> str:
        return widen(super().get_ident(request))


class CustomerThrottle(UserRateThrottle):
    """Callers with a token, by user."""

    scope = "customer"

    def get_cache_key(self, request, view) -> str | None:
        return super().get_cache_key(request, view) if request.user.is_authenticated else None


def find_sign_in_limits(request: Request) -> SignInLimits:
    """Where the attempt comes from, and how many may fail. X-Forwarded-For counts only behind known proxies."""
    return SignInLimits(
        address=widen(BaseThrottle().get_ident(request)),
        per_account=read_limit("login_account"),
        per_address=read_limit("login"),
    )


def find_password_limits(request: Request, view: "APIView") -> SignInLimits | None:
    """The limits for passwords, only where throttling is on at all (not under DEBUG)."""
    return find_sign_in_limits(request) if view.throttle_classes else None


def read_limit(scope: str) -> Limit:
    attempts, seconds = AnonymousThrottle().parse_rate(SimpleRateThrottle.THROTTLE_RATES[scope])
    return Limit(attempts=attempts, seconds=seconds)


class ReviewThrottle(AnonymousThrottle):
    """Reviews from one address, signed in or not."""

    scope = "review"

    def get_cache_key(self, request, view) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}
