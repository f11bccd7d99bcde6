"""Counting the uses of coupons by conditional updates, and making codes in batches.

Who uses a coupon is the checkout's to know; here stands only how often that may be.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, Max, Q, Value, When
from django.utils.translation import ngettext

from database.transactions import entry_service
from shop.models import Collection, Coupon, CouponBatch, Product
from shop.models.coupon import generate_code
from shop.querysets import CouponQuerySet

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


class LimitBelowUses(Exception):
    """A code of the batch was used more often than the new limit allows."""

    def __init__(self, used: int) -> None:
        sentence = ngettext(
            "One of the codes has been used %(used)s time already: enter at least as many.",
            "One of the codes has been used %(used)s times already: enter at least as many.",
            used,
        )
        super().__init__(sentence % {"used": used})


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


@entry_service
def change_batch(
    *,
    batch_id: int,
    rule: dict[str, Any],
    products: Iterable[Product] | None = None,
    collections: Iterable[Collection] | None = None,
) -> int:
    """Give all codes of a batch a new rule, the used ones too; orders keep what they were promised.

    What the codes are about changes only where it is named. Returns how many codes there are; raises
    `LimitBelowUses` with nothing changed.
    """
    coupons = Coupon.objects.filter(batch_id=batch_id)
    if products is not None and collections is not None:
        products, collections = list(products), list(collections)
        rule = {**rule, "covers_everything": not (products or collections)}
    limit = rule.get("uses_limit")
    # Their own change locks the rows, so what was used is asked after it.
    coupons.update(**{**rule, "uses_limit": None})
    if limit is not None:
        check_uses(coupons, limit=limit)
        coupons.update(uses_limit=limit)
    if products is not None and collections is not None:
        aim_anew(list(coupons.values_list("pk", flat=True)), products=products, collections=collections)
    return coupons.count()


def check_uses(coupons: CouponQuerySet, *, limit: int) -> None:
    beyond = coupons.filter(used__gt=F("overdrawn") + limit)
    used = beyond.aggregate(most=Max("used"))["most"]
    if used is not None:
        raise LimitBelowUses(used)


def aim_anew(coupon_ids: list[int], **about: Iterable[Any]) -> None:
    for relation in (Coupon.products, Coupon.collections):
        relation.through.objects.filter(coupon_id__in=coupon_ids).delete()
    aim_coupons(coupon_ids, **about)


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
