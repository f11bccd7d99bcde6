"""The whole pipeline over thousands of random carts: what docs/pricing.md promises of every one."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from shop.pricing import (
    PAISA,
    ZERO,
    Band,
    CouponRule,
    PricedCart,
    ShippingRate,
    TaxTerms,
    Terms,
    price_cart,
    price_one,
)
from shop.pricing.amounts import take_percent
from shop.pricing.taxes import find_contained_tax
from tests.shop.pricing.strategies import AT, lines, prices, rates, sales, targets, tax_terms

THOROUGH = settings(max_examples=400, deadline=None)

amounts = st.decimals(min_value="0.00", max_value="99999.99", places=2)
states = st.sampled_from(("", "KA", "MH"))
coupons = st.builds(
    CouponRule,
    id=st.just(1),
    code=st.just("A"),
    kind=st.sampled_from(("percent", "free_shipping")),
    value=rates,
    targets=targets,
    minimum=amounts,
) | st.builds(
    CouponRule,
    id=st.just(1),
    code=st.just("A"),
    kind=st.just("amount"),
    value=prices,
    targets=targets,
    minimum=amounts,
)
bands = st.lists(st.builds(Band, starts_from=amounts, charge=amounts), max_size=3).map(
    lambda found: tuple(sorted(found, key=lambda band: band.starts_from))
)
shipping_rates = st.builds(
    ShippingRate,
    name=st.just("Post"),
    kind=st.sampled_from(("flat", "by_value", "by_weight")),
    charge=amounts,
    bands=bands,
    free_from=st.none() | amounts,
)
terms = st.builds(
    Terms,
    tax=st.builds(replace, tax_terms, seller_state=states),
    sales=sales.map(tuple),
    tier_percent=rates,
    coupon=st.none() | coupons,
    shipping=st.none() | shipping_rates,
    surcharge=amounts,
    place_of_supply=states,
)


def sum_of(cart: PricedCart, name: str) -> Decimal:
    return sum((getattr(line.split, name) for line in cart.lines), ZERO)


@THOROUGH
@given(lines=lines, terms=terms)
def test_components_of_every_cart_add_up_to_its_total(lines, terms):
    cart = price_cart(lines, terms=terms, at=AT)
    totals, post = cart.totals, cart.shipping_split
    assert totals.subtotal == sum((line.total for line in cart.lines), ZERO)
    assert totals.discount == cart.tier_discount + cart.coupon_discount
    assert totals.total == totals.subtotal - totals.discount + totals.shipping
    assert totals.total == sum((line.payable for line in cart.lines), ZERO) + totals.shipping
    parts = sum((sum_of(cart, name) for name in ("taxable", "cgst", "sgst", "igst")), ZERO)
    assert parts + post.taxable + post.tax == totals.total
    assert post.taxable + post.tax == totals.shipping
    assert totals.tax == sum((line.split.tax for line in cart.lines), ZERO) + post.tax
    assert cart.surcharge <= totals.shipping


@THOROUGH
@given(lines=lines, terms=terms)
def test_no_part_of_any_line_is_below_nothing(lines, terms):
    cart = price_cart(lines, terms=terms, at=AT)
    splits = [*(line.split for line in cart.lines), cart.shipping_split]
    assert all(part >= 0 for split in splits for part in vars(split).values())
    for line in cart.lines:
        assert line.discounts.tier >= 0
        assert line.discounts.coupon >= 0
        assert 0 <= line.payable <= line.total
        assert line.unit.gross <= line.list_unit.gross
        assert line.split.cgst == line.split.sgst
        assert not (line.split.igst and line.split.cgst)
        amounts = (line.total, line.payable, *vars(line.split).values())
        assert all(amount == amount.quantize(PAISA) for amount in amounts)


@THOROUGH
@given(lines=lines, terms=terms)
def test_operations_follow_one_another_as_documented(lines, terms):
    """The documented steps, each computed by itself from what the one before it left."""
    cart = price_cart(lines, terms=terms, at=AT)
    units = [price_one(line, tax=terms.tax, sales=terms.sales, at=AT).unit for line in lines]
    subtotal = sum((unit.gross * line.quantity for unit, line in zip(units, lines, strict=True)), ZERO)
    tier = take_percent(subtotal, terms.tier_percent)
    coupon, left = terms.coupon, subtotal - tier
    eligible = ZERO
    if coupon and coupon.kind != "free_shipping" and left >= coupon.minimum:
        pairs = zip(lines, cart.lines, strict=True)
        eligible = sum(
            (priced.total - priced.discounts.tier for line, priced in pairs if coupon.targets.include(line)),
            ZERO,
        )
    off = ZERO
    if coupon:
        off = (
            take_percent(eligible, coupon.value) if coupon.kind == "percent" else min(coupon.value, eligible)
        )
    goods, charge = left - off, ZERO
    is_free = coupon and coupon.kind == "free_shipping" and goods >= coupon.minimum
    if terms.shipping and not is_free:
        grams = sum(line.weight_grams * line.quantity for line in lines)
        charge = terms.shipping.find_charge(value=goods, grams=grams)
    if goods + charge:
        charge += terms.surcharge
    assert (cart.totals.subtotal, cart.tier_discount, cart.coupon_discount) == (subtotal, tier, off)
    assert (cart.totals.shipping, cart.totals.total) == (charge, goods + charge)
    within = terms.within_state
    assert all(not line.split.igst if within else not line.split.cgst for line in cart.lines)


@THOROUGH
@given(lines=lines, rate=rates, tier=rates)
def test_prices_with_and_without_tax_inside_agree_within_rounding(lines, rate, tier):
    """Typed before tax, or typed as what that comes to with tax: the same cart costs the same."""
    before = Terms(TaxTerms(rate=rate), tier_percent=tier)
    inside = Terms(TaxTerms(rate=rate, prices_include_tax=True), tier_percent=tier)
    cart = price_cart(lines, terms=before, at=AT)
    typed_inside = [
        replace(line, typed_price=priced.unit.gross) for line, priced in zip(lines, cart.lines, strict=True)
    ]
    again = price_cart(typed_inside, terms=inside, at=AT)
    assert again.totals.total == cart.totals.total
    assert [line.payable for line in again.lines] == [line.payable for line in cart.lines]
    for first, second in zip(cart.lines, again.lines, strict=True):
        # A unit's tax is found forwards once and backwards once: half a paisa each, for every unit.
        assert abs(first.split.tax - second.split.tax) <= first.quantity * PAISA + PAISA


@THOROUGH
@given(lines=lines, terms=terms)
def test_tax_of_a_line_is_what_its_price_contains_within_rounding(lines, terms):
    cart = price_cart(lines, terms=terms, at=AT)
    for line in cart.lines:
        exact = find_contained_tax(line.payable, rate=line.tax_rate)
        assert abs(line.split.tax - exact) <= line.quantity * PAISA + 2 * PAISA
