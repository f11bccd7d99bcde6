from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.pricing import ZERO, CouponRule, Line, Targets
from shop.pricing.amounts import share_out, take_percent
from shop.pricing.discounts import AMOUNT, FREE_SHIPPING, PERCENT, take_coupon, take_tier

amounts = st.decimals(min_value="0.00", max_value="9999999.99", places=2)
percents = st.decimals(min_value="0.00", max_value="100.00", places=2)
totals = st.lists(amounts, max_size=8)


def line(product_id: int = 1, **fields) -> Line:
    return Line(product_id=product_id, quantity=1, typed_price=Decimal(1), **fields)


def rule(kind: str = PERCENT, value: str = "10", **fields) -> CouponRule:
    return CouponRule(id=1, code="A", kind=kind, value=Decimal(value), **fields)


def decimals(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        ("10.00", ("1", "1", "1"), ("3.34", "3.33", "3.33")),
        ("0.02", ("1", "1", "1"), ("0.01", "0.01", "0.00")),
        ("1.00", ("2", "1"), ("0.67", "0.33")),
        ("5.00", ("0", "0"), ("0.00", "0.00")),
        ("0.00", ("3", "2"), ("0.00", "0.00")),
        ("7.77", ("0", "9"), ("0.00", "7.77")),
    ],
)
def test_amount_is_shared_in_proportion_and_no_paisa_is_lost(amount, weights, shares):
    assert share_out(Decimal(amount), decimals(*weights)) == decimals(*shares)


def test_tier_is_rounded_once_for_the_whole_cart():
    # 5 % of 30.30 is 1.515, so 1.52; line by line it would be 3 × 0.51 = 1.53.
    assert take_tier(decimals("10.10", "10.10", "10.10"), Decimal(5)) == decimals("0.51", "0.51", "0.50")


@pytest.mark.parametrize(
    ("coupon", "shares"),
    [
        (None, ("0.00", "0.00")),
        (rule(), ("10.00", "20.00")),
        (rule(AMOUNT, "30"), ("10.00", "20.00")),
        (rule(AMOUNT, "1000"), ("100.00", "200.00")),
        (rule(FREE_SHIPPING, "0"), ("0.00", "0.00")),
        (rule(minimum=Decimal("300.00")), ("10.00", "20.00")),
        (rule(minimum=Decimal("300.01")), ("0.00", "0.00")),
        (rule(targets=Targets(product_ids=frozenset({2}))), ("0.00", "20.00")),
        (rule(AMOUNT, "500", targets=Targets(product_ids=frozenset({1}))), ("100.00", "0.00")),
        # The minimum is about the whole cart, what is taken off about the coupon's own lines.
        (rule(minimum=Decimal(300), targets=Targets(product_ids=frozenset({1}))), ("10.00", "0.00")),
    ],
)
def test_coupon_takes_off_what_its_rule_says(coupon, shares):
    assert take_coupon([line(1), line(2)], decimals("100.00", "200.00"), coupon) == decimals(*shares)


@given(amount=amounts, weights=totals)
def test_shares_add_up_and_none_is_larger_than_its_weight(amount, weights):
    whole = sum(weights, ZERO)
    amount = min(amount, whole)
    shares = share_out(amount, weights)
    assert sum(shares, ZERO) == amount
    assert all(ZERO <= share <= weight for share, weight in zip(shares, weights, strict=True))


@given(totals=totals, percent=percents)
def test_tier_takes_its_percent_of_the_whole(totals, percent):
    shares = take_tier(totals, percent)
    assert sum(shares, ZERO) == take_percent(sum(totals, ZERO), percent)
    assert all(ZERO <= share <= total for share, total in zip(shares, totals, strict=True))


@given(
    totals=totals,
    kind=st.sampled_from((PERCENT, AMOUNT, FREE_SHIPPING)),
    value=percents,
    minimum=amounts,
    eligible=st.frozensets(st.integers(0, 8)),
)
def test_coupon_never_takes_more_than_there_is(totals, kind, value, minimum, eligible):
    coupon = CouponRule(
        id=1, code="A", kind=kind, value=value, minimum=minimum, targets=Targets(product_ids=eligible)
    )
    lines = [line(number) for number in range(len(totals))]
    shares = take_coupon(lines, totals, coupon)
    assert all(ZERO <= share <= total for share, total in zip(shares, totals, strict=True))
    if eligible:
        assert all(shares[number] == 0 for number in range(len(totals)) if number not in eligible)
    if sum(totals, ZERO) < minimum or kind == FREE_SHIPPING:
        assert not any(shares)
