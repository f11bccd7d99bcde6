"""Discounts on what the lines come to: the customer's tier first, then the coupon on what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shop.pricing.amounts import ZERO, share_out, take_percent
from shop.pricing.lines import EVERYTHING, Line, Targets

PERCENT, AMOUNT, FREE_SHIPPING = "percent", "amount", "free_shipping"


@dataclass(frozen=True)
class CouponRule:
    """What a coupon takes off: so many percent of the lines it is about, so many rupees of them, or the shipping.

    `minimum` is what all lines must come to, with tax, after sales and tier and before the coupon.
    """

    id: int
    code: str
    kind: str
    value: Decimal
    targets: Targets = EVERYTHING
    minimum: Decimal = ZERO


@dataclass(frozen=True)
class LineDiscounts:
    """What is taken off a line's total, with tax."""

    tier: Decimal = ZERO
    coupon: Decimal = ZERO


NO_DISCOUNTS = LineDiscounts()


def take_tier(totals: Sequence[Decimal], percent: Decimal) -> list[Decimal]:
    """The standing discount of the customer's tier, rounded once per cart and shared out over the lines."""
    whole = sum(totals, ZERO)
    return share_out(take_percent(whole, percent), totals)


def take_coupon(lines: Sequence[Line], totals: Sequence[Decimal], coupon: CouponRule | None) -> list[Decimal]:
    """The coupon's share of each line; `totals` is what the lines come to before it. Never more than that."""
    if coupon is None or coupon.kind == FREE_SHIPPING or sum(totals, ZERO) < coupon.minimum:
        return [ZERO for _ in lines]
    eligible = [
        total if coupon.targets.include(line) else ZERO for line, total in zip(lines, totals, strict=True)
    ]
    whole = sum(eligible, ZERO)
    off = take_percent(whole, coupon.value) if coupon.kind == PERCENT else min(coupon.value, whole)
    return share_out(off, eligible)
