"""How often somebody may try coupons that do not hold: people mistype, programs guess."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.throttling import SimpleRateThrottle

from accounts.networks import widen
from checkout.services.coupons import CouponRefused


class TooManyCoupons(Exception):
    """So many coupons were refused that no more are looked at for a while."""

    def __init__(self) -> None:
        super().__init__(_("That were many coupons that do not hold. Please wait a minute and try again."))


class CouponAttempts(SimpleRateThrottle):
    """Refused coupons by user, else by address, over pages and API together. What holds is not counted."""

    scope = "coupon"

    def get_rate(self) -> str | None:
        return None if settings.DEBUG else settings.COUPON_ATTEMPTS

    def get_cache_key(self, request, view) -> str:
        ident = request.user.pk if request.user.is_authenticated else widen(self.get_ident(request))
        return self.cache_format % {"scope": self.scope, "ident": ident}

    def throttle_success(self) -> bool:
        return True

    def count_failure(self) -> None:
        if self.rate is not None:
            super().throttle_success()


@contextmanager
def limit_attempts(request, *, code: str) -> Iterator[None]:
    """Count coupons that the block refuses. Raises `TooManyCoupons` before it, once there were too many."""
    if not code:
        yield
        return
    attempts = CouponAttempts()
    if not attempts.allow_request(request, None):
        raise TooManyCoupons
    try:
        yield
    except CouponRefused:
        attempts.count_failure()
        raise
