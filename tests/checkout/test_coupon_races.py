"""Coupons used at once, over connections of their own: the last use is taken once."""

from collections import Counter
from functools import partial
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone

from checkout.invariants import CHECKS
from checkout.models import Cart, CouponUse, Order
from checkout.services import coupons
from checkout.services.buyers import Buyer, Wishes
from checkout.services.expiry import cancel_order, expire_order
from checkout.services.orders import place_order
from checkout.services.transitions import TransitionRefused
from shop.models import Coupon, Product
from shop.services.coupons import create_batch
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item, warm_settings
from tests.factories.coupons import make_coupon
from tests.factories.orders import make_buyer, make_order
from tests.factories.users import make_customer
from tests.parallel import run_at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

BUYERS = 50


@pytest.fixture(autouse=True)
def _warm_settings():
    warm_settings()


def order_at_once(coupon: Coupon, buyers: list[Buyer], *products: Product) -> list[Any]:
    """Each buyer orders a cart of their own with the coupon, all at the same moment."""

    def order(cart: Cart, buyer: Buyer) -> Order:
        return place_order(
            cart_id=cart.pk, buyer=buyer, wishes=Wishes(coupon=coupon.code), now=timezone.now()
        )

    return run_at_once([partial(order, make_cart(*((p, 1) for p in products)), buyer) for buyer in buyers])


def outcomes(results: list[Any]) -> Counter[str]:
    return Counter(str(getattr(result, "problem", type(result).__name__)) for result in results)


def guests(count: int) -> list[Buyer]:
    return [make_buyer(email=f"guest{number}@example.com") for number in range(count)]


def expect_invariants() -> None:
    assert [complaint for check in CHECKS for complaint in check()] == []


def expect_one_winner(results: list[Any], coupon: Coupon, product: Product) -> None:
    assert outcomes(results) == {"Order": 1, "used_up": BUYERS - 1}
    assert Coupon.objects.values_list("used", "overdrawn").get(pk=coupon.pk) == (1, 0)
    assert CouponUse.objects.count() == Order.objects.count() == 1
    assert Product.objects.get(pk=product.pk).inventory == 999
    expect_invariants()


def test_last_use_goes_to_one_of_fifty_buyers():
    coupon, product = make_coupon(uses_limit=1), make_item(inventory=1000)
    expect_one_winner(order_at_once(coupon, guests(BUYERS), product), coupon, product)


def test_use_that_is_read_and_counted_afterwards_would_be_taken_twice(monkeypatch):
    """The negative control: without the conditional update, the test above fails."""
    coupon, product = make_coupon(uses_limit=1), make_item(inventory=1000)

    def count_without_asking(coupon_id: int) -> bool:
        seen = 0  # what each buyer's process read before the others wrote
        Coupon.objects.filter(pk=coupon_id).update(used=seen + 1)
        return True

    monkeypatch.setattr(coupons, "take_use", count_without_asking)
    monkeypatch.setattr(Coupon, "is_used_up", property(lambda self: False))
    results = order_at_once(coupon, guests(BUYERS), product)
    assert outcomes(results) == {"Order": BUYERS}
    with pytest.raises(AssertionError):
        expect_one_winner(results, coupon, product)


def test_customer_who_orders_in_many_tabs_uses_a_coupon_once():
    coupon, customer = make_coupon(uses_per_customer=1), make_customer()
    results = order_at_once(coupon, [make_buyer(customer)] * 20, make_item(inventory=1000))
    assert outcomes(results) == {"Order": 1, "used_before": 19}
    expect_invariants()


def test_limit_per_customer_that_is_read_before_the_count_would_be_passed(monkeypatch):
    """The negative control: read once, before the lock, the limit per customer does not hold."""
    coupon, customer = make_coupon(uses_per_customer=1), make_customer()
    monkeypatch.setattr(coupons, "check_buyer", lambda coupon, **who: None)
    results = order_at_once(coupon, [make_buyer(customer)] * 20, make_item(inventory=1000))
    assert outcomes(results) == {"Order": 20}


def test_guest_who_orders_many_first_orders_at_once_has_one():
    coupon = make_coupon(first_order_only=True)
    buyers = [make_buyer(email=email) for email in ["asha@example.com", "ASHA@example.com"] * 10]
    results = order_at_once(coupon, buyers, make_item(inventory=1000))
    assert outcomes(results) == {"Order": 1, "first_order": 19}
    expect_invariants()


def order_with_many_codes(buyers: list[Buyer]) -> list[Any]:
    """Each order with a code of its own, all of one batch for first orders."""
    batch = create_batch(name="Mailing", count=len(buyers), rule={"first_order_only": True})
    codes, lamp = batch.coupons.values_list("code", flat=True), make_item(inventory=1000)
    return run_at_once(
        [
            partial(
                place_order,
                cart_id=make_cart((lamp, 1)).pk,
                buyer=buyer,
                wishes=Wishes(coupon=code),
                now=timezone.now(),
            )
            for buyer, code in zip(buyers, codes, strict=True)
        ]
    )


@pytest.mark.parametrize("who", ["customer", "guest"])
def test_first_orders_at_once_with_many_codes_of_a_batch_are_one(who):
    buyers = [make_buyer(email=email) for email in ["asha@example.com", "ASHA@example.com"] * 6]
    if who == "customer":
        customer = make_customer()
        buyers = [make_buyer(customer, email=f"asha{number}@example.com") for number in range(12)]
    results = order_with_many_codes(buyers)
    assert outcomes(results) == {"Order": 1, "first_order": 11}
    assert Coupon.objects.filter(used=1).count() == 1
    expect_invariants()


def test_first_orders_with_many_codes_would_all_pass_without_the_unique_columns(monkeypatch):
    """The negative control: what was read before the others wrote says nothing."""

    def save_unmarked(use: CouponUse, *, buyer: Buyer) -> CouponUse:
        use.save(force_insert=True)
        return use

    monkeypatch.setattr(coupons, "check_buyer", lambda coupon, **who: None)
    monkeypatch.setattr(coupons, "take_first_order", save_unmarked)
    assert outcomes(order_with_many_codes(guests(1) * 6)) == {"Order": 6}


def test_order_that_ends_at_once_gives_its_use_back_once():
    coupon = make_coupon(uses_limit=5)
    order = make_order((make_item(), 1), coupon=coupon.code)
    Coupon.objects.filter(pk=coupon.pk).update(used=F("used") + 3)  # others', so that a second release shows
    cancel = partial(cancel_order, order_id=order.pk, why="Changed their mind", at=timezone.now())
    expire = partial(expire_order, order_id=order.pk, now=order.expires_at)
    results = run_at_once([cancel, expire] * 6)
    assert sum(result is True or isinstance(result, Order) for result in results) == 1
    assert {type(result) for result in results} <= {Order, bool, TransitionRefused}
    assert Coupon.objects.get(pk=coupon.pk).used == 3


def test_orders_with_coupons_never_deadlock_with_orders_that_end():
    one, two = make_coupon(), make_coupon()
    products = [make_item(inventory=1000) for _ in range(3)]
    ending = [make_order((p, 1), coupon=c.code) for p in products for c in (one, two)]
    ends = [partial(expire_order, order_id=order.pk, now=order.expires_at) for order in ending]

    def order(coupon: Coupon, cart: Cart, buyer: Buyer) -> Order:
        return place_order(
            cart_id=cart.pk, buyer=buyer, wishes=Wishes(coupon=coupon.code), now=timezone.now()
        )

    carts = [make_cart(*((product, 1) for product in products)) for _ in range(12)]
    orders = [
        partial(order, (one, two)[number % 2], cart, buyer)
        for number, (cart, buyer) in enumerate(zip(carts, guests(12), strict=True))
    ]
    results = run_at_once([*ends, *orders])
    assert outcomes(results) == {"bool": 6, "Order": 12}
    assert list(Coupon.objects.order_by("pk").values_list("used", flat=True)) == [6, 6]
    expect_invariants()
