"""Coupons in carts and orders: who may use one, what is wrong with a code, and whose use it is.

A use is taken in the transaction that places the order, and given back once in the one that ends it. The row
of the coupon is locked by the count itself, so limits per customer are checked after it: parallel orders wait
there. Rows are locked in one order everywhere: cart or order, coupon, products.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Membership
from checkout.models import CartItem, CouponUse, Order
from checkout.services.buyers import Buyer
from shop.models import Coupon
from shop.models.coupon import normalise_code
from shop.pricing import CouponRule, PricedCart, Terms
from shop.selectors import describe_line
from shop.services.coupons import release_use, retake_use, take_use
from shop.templatetags.money import money


class CouponProblem(models.TextChoices):
    """Why a coupon does not hold."""

    UNKNOWN = "unknown"
    NOT_STARTED = "not_started"
    ENDED = "ended"
    USED_UP = "used_up"
    USED_BEFORE = "used_before"
    FIRST_ORDER = "first_order"
    TIER = "tier"
    MINIMUM = "minimum"
    OTHER_PRODUCTS = "other_products"


class CouponRefused(Exception):
    """The coupon does not hold for this order; nothing was changed. The sentence is for the shopper."""

    def __init__(self, problem: CouponProblem, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = problem


def find_coupon(code: str) -> Coupon:
    """The active coupon of a code, with what it is about. Raises `CouponRefused`."""
    coupons = Coupon.objects.filter(code=normalise_code(code), is_active=True)
    coupon = coupons.prefetch_related("products", "collections").first() if is_code(code) else None
    if coupon is None:
        sentence = _("We do not know the coupon “%(code)s”. Please check its letters and digits.")
        raise CouponRefused(CouponProblem.UNKNOWN, sentence % {"code": code.strip()[:40]})
    return coupon


def is_code(typed: str) -> bool:
    """Whether it could be one at all: databases compare other signs each in their own way."""
    code = normalise_code(typed)
    return len(code) <= Coupon._meta.get_field("code").max_length and all(  # noqa: SLF001 - public by habit
        sign.isascii() and (sign.isalnum() or sign in "-_") for sign in code
    )


def find_rule(code: str, *, buyer: Buyer, membership: str, at: datetime) -> CouponRule:
    """The rule of a coupon that this buyer may use at this moment. Raises `CouponRefused`."""
    coupon = find_coupon(code)
    check_window(coupon, at=at)
    if coupon.is_used_up:
        raise CouponRefused(CouponProblem.USED_UP, say_used_up(coupon))
    check_membership(coupon, membership=membership)
    check_buyer(coupon, buyer=buyer)
    return coupon.describe_rule()


def check_window(coupon: Coupon, *, at: datetime) -> None:
    words = {"code": coupon.code}
    if coupon.starts_at and at < coupon.starts_at:
        words["when"] = date_format(localtime(coupon.starts_at), "j F Y, H:i")
        raise CouponRefused(CouponProblem.NOT_STARTED, _("The coupon %(code)s starts on %(when)s.") % words)
    if coupon.ends_at and at >= coupon.ends_at:
        words["when"] = date_format(localtime(coupon.ends_at), "j F Y, H:i")
        raise CouponRefused(CouponProblem.ENDED, _("The coupon %(code)s ended on %(when)s.") % words)


def check_membership(coupon: Coupon, *, membership: str) -> None:
    if coupon.membership and coupon.membership != membership:
        words = {"code": coupon.code, "tier": Membership(coupon.membership).label}
        sentence = _("The coupon %(code)s is for %(tier)s members. Sign in with that account to use it.")
        raise CouponRefused(CouponProblem.TIER, sentence % words)


def check_buyer(coupon: Coupon, *, buyer: Buyer, except_order: int | None = None) -> None:
    """What the buyer did before. A guest whose address is not known yet is asked about when ordering."""
    who = {"customer_id": buyer.customer_id, "email": buyer.email}
    if coupon.first_order_only:
        earlier = Order.objects.standing().of_buyer(**who).exclude(pk=except_order)
        if earlier.exists():
            raise CouponRefused(CouponProblem.FIRST_ORDER, say_ordered_before(coupon))
    limit = coupon.uses_per_customer
    if limit is not None and count_uses(coupon.pk, **who) >= limit:
        sentence = ngettext(
            "You have used the coupon %(code)s already. It can be used once.",
            "You have used the coupon %(code)s already, %(limit)s times, which is as often as it can be used.",
            limit,
        )
        raise CouponRefused(CouponProblem.USED_BEFORE, sentence % {"code": coupon.code, "limit": limit})


def count_uses(coupon_id: int, *, customer_id: int | None, email: str) -> int:
    """How many orders of this buyer have the coupon, the one that takes it now not counted yet."""
    orders = Order.objects.of_buyer(customer_id=customer_id, email=email)
    return orders.filter(coupon_use__coupon_id=coupon_id, coupon_use__released_at=None).count()


def say_ordered_before(coupon: Coupon) -> str:
    sentence = _("The coupon %(code)s is for a first order only, and you have ordered before.")
    return sentence % {"code": coupon.code}


def say_used_up(coupon: Coupon | CouponRule) -> str:
    return _("The coupon %(code)s has been used up.") % {"code": coupon.code}


def check_effect(items: Sequence[CartItem], *, priced: PricedCart, terms: Terms) -> None:
    """Whether the cart is worth enough and has what the coupon is about. Raises `CouponRefused`."""
    rule = terms.coupon
    if rule is None:
        return
    missing = rule.minimum - (priced.totals.subtotal - priced.tier_discount)
    if missing > 0:
        words = {"code": rule.code, "missing": money(missing), "minimum": money(rule.minimum)}
        sentence = _(
            "Add products for %(missing)s more to use the coupon %(code)s: it starts at %(minimum)s."
        )
        raise CouponRefused(CouponProblem.MINIMUM, sentence % words)
    if not any(rule.targets.include(describe_line(item.product)) for item in items):
        sentence = _("The coupon %(code)s is for other products than those in the cart.")
        raise CouponRefused(CouponProblem.OTHER_PRODUCTS, sentence % {"code": rule.code})


def take_coupon_use(*, rule: CouponRule, order: Order, buyer: Buyer) -> CouponUse:
    """Count the order's use of its coupon. Inner service; raises `CouponRefused`.

    The count locks the coupon's row, so what this buyer did before is read again after it.
    """
    if not take_use(rule.id):
        raise CouponRefused(CouponProblem.USED_UP, say_used_up(rule))
    coupon = Coupon.objects.get(pk=rule.id)
    if coupon.first_order_only or coupon.uses_per_customer is not None:
        check_buyer(coupon, buyer=buyer, except_order=order.pk)
    use = CouponUse(order=order, coupon=coupon, taken_at=order.placed_at)
    if coupon.first_order_only:
        return take_first_order(use, buyer=buyer)
    use.save(force_insert=True)
    return use


def take_first_order(use: CouponUse, *, buyer: Buyer) -> CouponUse:
    """Of two first orders at once, each with a coupon of its own, the unique columns let one pass."""
    use.first_of_customer = buyer.customer_id
    use.first_of_email = buyer.email.lower() or None
    try:
        with transaction.atomic():
            use.save(force_insert=True)
    except IntegrityError as error:
        raise CouponRefused(CouponProblem.FIRST_ORDER, say_ordered_before(use.coupon)) from error
    return use


def release_coupon_use(*, order: Order, at: datetime) -> None:
    """Give the use of an order that ends back, once. Inner service."""
    if not order.coupon_code:
        return
    uses = CouponUse.objects.held().filter(order_id=order.pk)
    coupon_id = uses.values_list("coupon_id", flat=True).first()
    if coupon_id is not None and uses.update(released_at=at, first_of_customer=None, first_of_email=None):
        release_use(coupon_id)


def retake_coupon_use(*, order: Order) -> None:
    """Take the use of an order that is paid late again. Inner service.

    Its price was agreed and is paid, so it stays, also where the coupon has ended or is used up by now.
    """
    if not order.coupon_code:
        return
    uses = CouponUse.objects.exclude(released_at=None).filter(order_id=order.pk)
    coupon_id = uses.values_list("coupon_id", flat=True).first()
    if coupon_id is not None and uses.update(released_at=None):
        retake_use(coupon_id)
