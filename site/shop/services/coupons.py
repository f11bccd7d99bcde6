"""Counting the uses of coupons by conditional updates, and making codes in batches.

Who uses a coupon is the checkout's to know; here stands only how often that may be.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, Q, Value, When

from database.transactions import entry_service
from shop.models import Collection, Coupon, CouponBatch, Product
from shop.models.coupon import generate_code

LARGEST_BATCH = 5000  # written in well under a second


def take_use(coupon_id: int) -> bool:
    """Count one more use where there is room. False where there is none, or the coupon is switched off.

    Inner service. The row stays locked until the caller's transaction ends, so whatever else must hold
    for the next use (how often this customer had it) is read after it.
    """
    return bool(Coupon.objects.with_room().filter(pk=coupon_id).update(used=F("used") + 1))


def retake_use(coupon_id: int) -> None:
    """Count the use of an order that was paid late, also beyond the limit. Inner service."""
    beyond = Case(When(Q(uses_limit__lte=F("used")), then=Value(1)), default=Value(0))
    # In this order: MariaDB reads what the assignments before it have written.
    Coupon.objects.filter(pk=coupon_id).update(overdrawn=F("overdrawn") + beyond, used=F("used") + 1)


def release_use(coupon_id: int) -> None:
    """Give one use back. Inner service; the caller sees to it that it happens once."""
    Coupon.objects.filter(pk=coupon_id).update(used=F("used") - 1)


@entry_service
def create_batch(
    *,
    name: str,
    count: int,
    prefix: str = "",
    rule: dict[str, Any],
    products: Iterable[Product] = (),
    collections: Iterable[Collection] = (),
    user=None,
) -> CouponBatch:
    """Make `count` codes, `LARGEST_BATCH` at most, of one rule; `rule` are columns of `Coupon`."""
    products, collections = list(products), list(collections)
    rule = {**rule, "covers_everything": not (products or collections)}
    batch = CouponBatch.objects.create(name=name, created_by=user)
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(generate_code(prefix))
    # Two of 60 random bits are never the same; should they be, the unique column refuses the whole batch.
    Coupon.objects.bulk_create([Coupon(code=code, batch=batch, **rule) for code in sorted(codes)])
    made = list(Coupon.objects.filter(batch=batch).values_list("pk", flat=True))
    aim_coupons(made, products=products, collections=collections)
    return batch


def aim_coupons(
    coupon_ids: list[int], *, products: Iterable[Product], collections: Iterable[Collection]
) -> None:
    """Say which products and collections all these coupons are about."""
    about_product, about_collection = Coupon.products.through, Coupon.collections.through
    about_product.objects.bulk_create(
        about_product(coupon_id=pk, product=product) for product in products for pk in coupon_ids
    )
    about_collection.objects.bulk_create(
        about_collection(coupon_id=pk, collection=collection)
        for collection in collections
        for pk in coupon_ids
    )


@entry_service
def switch_batch(*, batch_id: int, is_active: bool) -> int:
    """Switch all codes of a batch on or off. Returns how many changed."""
    return Coupon.objects.filter(batch_id=batch_id).exclude(is_active=is_active).update(is_active=is_active)
