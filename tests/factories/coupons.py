"""Coupons, and the discounts of membership tiers."""

from decimal import Decimal
from itertools import count

from django.core.cache import cache

from shop.models import Coupon, TierSettings

numbers = count(1)


def make_coupon(code: str = "", *, value="10", products=(), collections=(), **columns) -> Coupon:
    """Ten percent off everything, unless told otherwise."""
    columns = {"covers_everything": not (products or collections), **columns}
    coupon = Coupon.objects.create(code=code or f"CODE{next(numbers)}", value=Decimal(value), **columns)
    coupon.products.set(products)
    coupon.collections.set(collections)
    return coupon


def set_tiers(**percents: str) -> None:
    """The discounts by the name of the tier, in force at once although a test's transaction never commits."""
    saved = TierSettings.load()
    for name, percent in percents.items():
        setattr(saved, name, Decimal(percent))
    saved.save()
    cache.delete(TierSettings.cache_key())
