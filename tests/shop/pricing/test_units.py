from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.pricing import PAISA, TaxTerms, UnitPrice, price_unit
from tests.shop.pricing.strategies import prices, rates, tax_terms

EXCLUSIVE = TaxTerms()
INCLUSIVE = TaxTerms(prices_include_tax=True)


def unit(net: str, tax: str, gross: str) -> UnitPrice:
    return UnitPrice(net=Decimal(net), tax=Decimal(tax), gross=Decimal(gross))


def test_terms_unless_set_add_ten_percent():
    assert TaxTerms() == TaxTerms(rate=Decimal(10), prices_include_tax=False)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("100.00", unit("100.00", "10.00", "110.00")),
        ("99.95", unit("99.95", "10.00", "109.95")),  # 109.945 rounds up
        ("99.94", unit("99.94", "9.99", "109.93")),  # 109.934 rounds down
        ("1.00", unit("1.00", "0.10", "1.10")),
    ],
)
def test_price_before_tax_gains_the_tax(typed, expected):
    assert price_unit(Decimal(typed), terms=EXCLUSIVE) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("110.00", unit("100.00", "10.00", "110.00")),
        ("100.00", unit("90.91", "9.09", "100.00")),  # 90.909… rounds up
        ("99.99", unit("90.90", "9.09", "99.99")),
    ],
)
def test_price_with_tax_inside_stays_what_a_shopper_pays(typed, expected):
    assert price_unit(Decimal(typed), terms=INCLUSIVE) == expected


def test_tax_class_overrides_the_rate_of_the_shop():
    assert price_unit(Decimal(200), terms=EXCLUSIVE, tax_rate=Decimal(5)) == unit("200.00", "10.00", "210.00")


def test_tax_class_of_zero_is_a_rate_and_not_a_missing_one():
    assert price_unit(Decimal(200), terms=EXCLUSIVE, tax_rate=Decimal(0)) == unit("200.00", "0.00", "200.00")


def test_rate_of_the_shop_counts_where_no_class_does():
    assert price_unit(Decimal(50), terms=TaxTerms(rate=Decimal("12.5"))) == unit("50.00", "6.25", "56.25")


@given(typed=prices, terms=tax_terms, rate=st.none() | rates)
def test_net_and_tax_make_the_gross_for_every_price(typed, terms, rate):
    price = price_unit(typed, terms=terms, tax_rate=rate)
    assert price.net + price.tax == price.gross
    assert price.tax >= 0
    assert price.net > 0
    assert typed == (price.gross if terms.prices_include_tax else price.net)
    assert all(amount.as_tuple().exponent == -2 for amount in (price.net, price.tax, price.gross))


@given(typed=prices, terms=tax_terms)
def test_gross_is_at_most_half_a_paisa_from_the_exact_one(typed, terms):
    price = price_unit(typed, terms=terms)
    factor = 1 + terms.rate / 100
    exact, rounded = (
        (typed / factor, price.net) if terms.prices_include_tax else (typed * factor, price.gross)
    )
    assert abs(exact - rounded) <= PAISA / 2
