"""How often one may ask; the rates are settings."""

from rest_framework.throttling import AnonRateThrottle, UserRateThrottle


class AnonymousThrottle(AnonRateThrottle):
    """Callers without a token, by address."""

    scope = "anonymous"


class CustomerThrottle(UserRateThrottle):
    """Callers with a token, by user."""

    scope = "customer"

    def get_cache_key(self, request, view) -> str | None:
        return super().get_cache_key(request, view) if request.user.is_authenticated else None


class LoginThrottle(AnonRateThrottle):
    """Sign-in attempts from one address."""

    scope = "login"


class ReviewThrottle(AnonRateThrottle):
    """Reviews from one address, signed in or not."""

    scope = "review"

    def get_cache_key(self, request, view) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}
