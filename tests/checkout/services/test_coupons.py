"""Coupons in orders: who may use one, what it costs then, and whose use it is."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.enums import Membership
from checkout.invariants import CHECKS
from checkout.models import Cart, CouponUse, Order
from checkout.services.buyers import Wishes
from checkout.services.coupons import CouponRefused
from checkout.services.expiry import cancel_order, expire_order
from checkout.services.orders import place_order
from checkout.services.payments import record_payment
from shop.models import Coupon, Product
from tests.factories.carts import make_cart, make_full_cart
from tests.factories.catalogue import make_item, make_shelf, warm_settings
from tests.factories.coupons import make_coupon, set_tiers
from tests.factories.orders import make_buyer, make_intent, make_order, report_payment
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def used(coupon: Coupon) -> int:
    return Coupon.objects.values_list("used", flat=True).get(pk=coupon.pk)


def refused(code: str, *lines, **fields) -> tuple[str, str]:
    """Why an order with this coupon is refused; nothing has changed."""
    orders, stock = Order.objects.count(), list(Product.objects.values_list("pk", "inventory"))
    counts = list(Coupon.objects.values_list("pk", "used"))
    with pytest.raises(CouponRefused) as error:
        make_order(*lines, coupon=code, **fields)
    assert (Order.objects.count(), CouponUse.objects.filter(order=None).count()) == (orders, 0)
    assert list(Coupon.objects.values_list("pk", "used")) == counts
    left = dict(Product.objects.values_list("pk", "inventory"))
    assert all(left[pk] == inventory for pk, inventory in stock)
    return error.value.problem.value, str(error.value)


def expect_invariants() -> None:
    assert [complaint for check in CHECKS for complaint in check()] == []


def test_order_with_a_coupon_costs_less_and_says_so():
    coupon = make_coupon("WELCOME10")
    order = make_order((make_item(unit_price="100.00"), 3), coupon="welcome10")
    saved = Order.objects.get(pk=order.pk)
    assert (saved.coupon_code, saved.coupon_discount, saved.discount) == (
        "WELCOME10",
        Decimal("33.00"),
        Decimal("33.00"),
    )
    assert (saved.subtotal, saved.total, saved.tax) == (
        Decimal("330.00"),
        Decimal("297.00"),
        Decimal("27.00"),
    )
    use = CouponUse.objects.get()
    assert (use.order, use.coupon, use.taken_at, use.released_at) == (order, coupon, order.placed_at, None)
    assert used(coupon) == 1
    expect_invariants()


def test_order_without_a_coupon_uses_none():
    coupon = make_coupon("WELCOME10")
    assert make_order().coupon_code == ""
    assert (used(coupon), CouponUse.objects.count()) == (0, 0)


def test_order_without_a_coupon_asks_for_none(count_queries):
    warm_settings()
    customer, cart = make_customer(), make_full_cart(3)
    with count_queries(12) as counted:
        place_order(cart_id=cart.pk, buyer=make_buyer(customer), now=timezone.now())
    assert not [sql for sql in counted.statements if "shop_coupon" in sql or "checkout_couponuse" in sql]


@pytest.mark.parametrize("code", ["NOBODY", "ÄPFEL", "A" * 500, "10%", "'; --", "NUL\x00"])
def test_unknown_code_is_refused(code):
    make_coupon("APFEL")
    problem, sentence = refused(code)
    assert problem == "unknown"
    assert sentence.startswith("We do not know the coupon “")


def test_coupon_that_is_switched_off_is_unknown():
    make_coupon("GONE", is_active=False)
    assert refused("GONE")[0] == "unknown"


def test_coupon_holds_from_its_start_until_before_its_end():
    make_coupon("NOON", starts_at=NOW, ends_at=NOW + timedelta(hours=1))
    assert refused("NOON", now=NOW - timedelta(microseconds=1)) == (
        "not_started",
        "The coupon NOON starts on 22 November 2026, 17:30.",
    )
    assert make_order(coupon="NOON", now=NOW).coupon_code == "NOON"
    last = make_order(coupon="NOON", now=NOW + timedelta(minutes=59))
    assert last.coupon_code == "NOON"
    assert refused("NOON", now=NOW + timedelta(hours=1)) == (
        "ended",
        "The coupon NOON ended on 22 November 2026, 18:30.",
    )


def test_coupon_says_how_much_is_missing_for_its_minimum():
    make_coupon("BIG", minimum=Decimal("330.00"))
    lamp = make_item(unit_price="100.00")
    assert refused("BIG", (lamp, 2)) == (
        "minimum",
        "Add products for ₹110 more to use the coupon BIG: it starts at ₹330.",
    )
    assert make_order((lamp, 3), coupon="BIG").coupon_discount == Decimal("33.00")


def test_minimum_is_what_is_left_after_the_member_discount():
    set_tiers(gold="5")
    make_coupon("BIG", minimum=Decimal("313.51"))
    customer, lamp = make_customer(), make_item(unit_price="100.00")
    customer.membership = Membership.GOLD
    customer.save()
    assert refused("BIG", (lamp, 3), customer=customer)[1].startswith("Add products for ₹0.01 more")


def test_coupon_for_some_products_takes_off_theirs_alone():
    lamp, rug, vase = make_item(), make_item(collection=make_shelf(title="Rugs")), make_item()
    make_coupon("SOME", value="50", products=[lamp], collections=[rug.collection])
    order = make_order((lamp, 1), (rug, 1), (vase, 1), coupon="SOME")
    shares = dict(order.items.values_list("product_id", "coupon_discount"))
    assert shares == {lamp.pk: Decimal("55.00"), rug.pk: Decimal("55.00"), vase.pk: Decimal("0.00")}
    assert refused("SOME", (vase, 1)) == (
        "other_products",
        "The coupon SOME is for other products than those in the cart.",
    )


def test_coupon_for_a_product_means_its_sizes_too():
    lead = make_item()
    make_coupon("SIZES", products=[lead])
    assert make_order((make_item(variant_of=lead), 1), coupon="SIZES").coupon_discount == Decimal("11.00")


def test_coupon_for_a_first_order_is_refused_to_who_ordered_before():
    make_coupon("FIRST", first_order_only=True)
    customer = make_customer()
    assert make_order(customer=customer, coupon="FIRST").coupon_code == "FIRST"
    assert refused("FIRST", customer=customer) == (
        "first_order",
        "The coupon FIRST is for a first order only, and you have ordered before.",
    )
    # A guest who gives the same address has ordered before as well, however it is written.
    assert refused("FIRST", email=customer.user.email.upper())[0] == "first_order"
    assert make_order(email="new@example.com", coupon="FIRST").coupon_code == "FIRST"


def test_first_order_that_is_paid_late_leaves_room_for_the_one_after_it():
    make_coupon("FIRST", first_order_only=True)
    customer = make_customer()
    order = make_order(customer=customer, coupon="FIRST")
    intent = make_intent(order)
    expire_order(order_id=order.pk, now=order.expires_at)
    again = make_order(customer=customer, coupon="FIRST")
    assert CouponUse.objects.values_list("first_of_customer", "first_of_email").get(order=again) == (
        customer.pk,
        customer.user.email.lower(),
    )
    record_payment(reported=report_payment(intent))
    assert Order.objects.get(pk=order.pk).status == "paid"
    expect_invariants()


def test_order_that_came_to_nothing_is_no_first_order():
    make_coupon("FIRST", first_order_only=True)
    customer = make_customer()
    order = make_order(customer=customer)
    cancel_order(order_id=order.pk, why="Changed their mind", at=timezone.now())
    assert make_order(customer=customer, coupon="FIRST").coupon_code == "FIRST"


def test_coupon_for_members_is_refused_to_others():
    make_coupon("GOLDEN", membership=Membership.GOLD)
    customer = make_customer()
    sentence = "The coupon GOLDEN is for Gold members. Sign in with that account to use it."
    assert refused("GOLDEN", customer=customer) == ("tier", sentence)
    assert refused("GOLDEN") == ("tier", sentence)
    customer.membership = Membership.GOLD
    customer.save()
    assert make_order(customer=customer, coupon="GOLDEN").coupon_code == "GOLDEN"


def test_coupon_used_up_is_refused():
    make_coupon("TWICE", uses_limit=2)
    for number in range(2):
        make_order(coupon="TWICE", email=f"{number}@example.com")
    assert refused("TWICE") == ("used_up", "The coupon TWICE has been used up.")


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        (1, "You have used the coupon MINE already. It can be used once."),
        (2, "You have used the coupon MINE already, 2 times, which is as often as it can be used."),
    ],
)
def test_customer_uses_a_coupon_as_often_as_one_may(limit, sentence):
    make_coupon("MINE", uses_per_customer=limit)
    customer = make_customer()
    for _ in range(limit):
        make_order(customer=customer, coupon="MINE")
    assert refused("MINE", customer=customer) == ("used_before", sentence)
    assert make_order(customer=make_customer(), coupon="MINE").coupon_code == "MINE"


def test_guest_is_known_by_the_address_whatever_its_case():
    make_coupon("MINE", uses_per_customer=1)
    make_order(coupon="MINE", email="Asha@Example.com")
    assert refused("MINE", email="asha@example.COM")[0] == "used_before"
    assert make_order(coupon="MINE", email="ravi@example.com").coupon_code == "MINE"


@pytest.mark.parametrize("ends", ["expired", "cancelled"])
def test_order_that_ends_gives_its_use_back_once(ends):
    coupon = make_coupon("ONCE", uses_limit=1, uses_per_customer=1)
    order = make_order(coupon="ONCE")
    if ends == "expired":
        assert expire_order(order_id=order.pk, now=order.expires_at)
        assert not expire_order(order_id=order.pk, now=order.expires_at)
    else:
        cancel_order(order_id=order.pk, why="Changed their mind", at=NOW)
    assert used(coupon) == 0
    assert CouponUse.objects.get().released_at is not None
    assert Order.objects.get(pk=order.pk).coupon_code == "ONCE"
    expect_invariants()
    assert make_order(coupon="ONCE").coupon_code == "ONCE"


def test_order_paid_late_takes_its_use_again():
    coupon = make_coupon("ONCE", uses_limit=1)
    order = make_order(coupon="ONCE")
    intent = make_intent(order)
    expire_order(order_id=order.pk, now=order.expires_at)
    record_payment(reported=report_payment(intent))
    assert Order.objects.values_list("status", "total").get(pk=order.pk) == ("paid", Decimal("99.00"))
    assert used(coupon) == 1
    assert CouponUse.objects.get().released_at is None
    expect_invariants()


def test_order_paid_late_keeps_its_price_where_the_coupon_is_used_up():
    coupon = make_coupon("ONCE", uses_limit=1)
    order = make_order(coupon="ONCE")
    intent = make_intent(order)
    expire_order(order_id=order.pk, now=order.expires_at)
    make_order(coupon="ONCE", email="other@example.com")
    record_payment(reported=report_payment(intent))
    assert Order.objects.get(pk=order.pk).status == "paid"
    assert Coupon.objects.values_list("used", "overdrawn").get(pk=coupon.pk) == (2, 1)
    expect_invariants()


def test_order_paid_late_without_stock_takes_no_use():
    coupon, lamp = make_coupon("ONCE", uses_limit=1), make_item(inventory=1)
    order = make_order((lamp, 1), coupon="ONCE")
    intent = make_intent(order)
    expire_order(order_id=order.pk, now=order.expires_at)
    make_order((lamp, 1))
    record_payment(reported=report_payment(intent))
    assert Order.objects.get(pk=order.pk).status == "expired"
    assert used(coupon) == 0
    expect_invariants()


def test_coupon_that_changes_later_changes_no_order():
    coupon = make_coupon("WELCOME10")
    order = make_order(coupon="WELCOME10")
    Coupon.objects.filter(pk=coupon.pk).update(value=90, is_active=False)
    assert Order.objects.values_list("coupon_discount", "total").get(pk=order.pk) == (
        Decimal("11.00"),
        Decimal("99.00"),
    )


def test_coupon_refused_while_ordering_keeps_the_cart():
    cart = make_cart((make_item(), 2))
    with pytest.raises(CouponRefused):
        place_order(cart_id=cart.pk, buyer=make_buyer(), wishes=Wishes(coupon="NOBODY"), now=NOW)
    assert Cart.objects.get(pk=cart.pk).items.get().quantity == 2


def test_member_discount_comes_before_the_coupon():
    set_tiers(silver="5", gold="10")
    make_coupon("WELCOME10")
    customer = make_customer()
    customer.membership = Membership.GOLD
    customer.save()
    order = make_order((make_item(unit_price="100.00"), 1), customer=customer, coupon="WELCOME10")
    assert (order.tier_discount, order.coupon_discount, order.total) == (
        Decimal("11.00"),
        Decimal("9.90"),
        Decimal("89.10"),
    )


def test_member_discount_is_for_signed_in_members_of_that_tier():
    set_tiers(gold="10")
    assert make_order().tier_discount == 0
    assert make_order(customer=make_customer()).tier_discount == 0


def test_invariants_tell_a_count_that_is_off_and_uses_that_are_astray():
    coupon = make_coupon("ONCE")
    order = make_order(coupon="ONCE")
    Coupon.objects.filter(pk=coupon.pk).update(used=4)
    assert [complaint for check in CHECKS for complaint in check()] == [
        "Coupon ONCE: used 4, orders that have it 1."
    ]
    Coupon.objects.filter(pk=coupon.pk).update(used=0)
    CouponUse.objects.update(released_at=NOW)
    assert [complaint for check in CHECKS for complaint in check()] == [
        f"Order {order.pk}: placed with coupon ONCE, but without its use."
    ]
