"""Coupons of the demo shop, to be typed by whoever looks around."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from accounts.enums import Membership
from database.transactions import entry_service
from shop.enums import CouponKind
from shop.models import Coupon

if TYPE_CHECKING:
    from pages.demo.seeding import Plan

COUPONS: dict[str, dict[str, Any]] = {
    "WELCOME10": {
        "note": "Welcome: 10 % off the first order",
        "value": Decimal(10),
        "first_order_only": True,
        "uses_per_customer": 1,
    },
    "FREESHIP": {"note": "Free delivery", "kind": CouponKind.FREE_SHIPPING},
    "FESTIVE500": {
        "note": "₹500 off a large order",
        "kind": CouponKind.AMOUNT,
        "value": Decimal(500),
        "minimum": Decimal(5000),
        "uses_per_customer": 2,
    },
    "GOLD15": {"note": "For Gold members", "value": Decimal(15), "membership": Membership.GOLD},
}


@entry_service
def seed_coupons(plan: "Plan") -> None:
    for code, columns in COUPONS.items():
        Coupon.objects.get_or_create(code=code, defaults=columns)
