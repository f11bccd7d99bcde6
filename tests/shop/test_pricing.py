from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.pricing import Line, TaxTerms, Terms, Totals, UnitPrice, price_cart, price_unit, round_to_paisa

AT = datetime(2026, 11, 2, 12, tzinfo=UTC)

EXCLUSIVE = TaxTerms()
INCLUSIVE = TaxTerms(prices_include_tax=True)
PAISA = Decimal("0.01")

prices = st.decimals(min_value="1.00", max_value="9999999.99", places=2)
rates = st.decimals(min_value="0.00", max_value="100.00", places=2)
terms = st.builds(TaxTerms, rate=rates, prices_include_tax=st.booleans())
lines = st.lists(
    st.builds(
        Line,
        product_id=st.integers(1, 1000),
        quantity=st.integers(1, 100_000),
        typed_price=prices,
        tax_rate=st.none() | rates,
    ),
    max_size=8,
)


def unit(net: str, tax: str, gross: str) -> UnitPrice:
    return UnitPrice(net=Decimal(net), tax=Decimal(tax), gross=Decimal(gross))


def test_terms_unless_set_add_ten_percent():
    assert TaxTerms() == TaxTerms(rate=Decimal(10), prices_include_tax=False)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        ("1.005", "1.01"),
        ("1.004", "1.00"),
        ("1.015", "1.02"),
        ("2.5", "2.50"),
        ("0.0049", "0.00"),
        ("7", "7.00"),
    ],
)
def test_rounding_is_half_up_to_the_paisa(amount, rounded):
    assert str(round_to_paisa(Decimal(amount))) == rounded


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


def test_line_is_quantity_times_the_rounded_unit():
    priced = price_cart(
        [Line(product_id=7, quantity=3, typed_price=Decimal("99.95"))], terms=Terms(EXCLUSIVE), at=AT
    ).lines[0]
    assert priced.product_id == 7
    assert priced.quantity == 3
    assert priced.unit.gross == Decimal("109.95")
    assert priced.total == Decimal("329.85")  # not 3 × 109.945 rounded afterwards, which is 329.84
    assert priced.tax_rate == Decimal(10)


def test_line_names_the_rate_of_its_tax_class():
    line = Line(product_id=7, quantity=1, typed_price=Decimal(100), tax_rate=Decimal(28))
    assert price_cart([line], terms=Terms(EXCLUSIVE), at=AT).lines[0].tax_rate == Decimal(28)


def test_cart_adds_up_its_lines():
    cart = price_cart(
        [
            Line(product_id=1, quantity=2, typed_price=Decimal("100.00")),
            Line(product_id=2, quantity=3, typed_price=Decimal("10.50"), tax_rate=Decimal(5)),
        ],
        terms=Terms(EXCLUSIVE),
        at=AT,
    )
    assert [line.total for line in cart.lines] == [Decimal("220.00"), Decimal("33.09")]
    assert cart.totals == Totals(
        subtotal=Decimal("253.09"),
        shipping=Decimal("0.00"),
        discount=Decimal("0.00"),
        tax=Decimal("21.58"),  # 20.00 + 1.59, whose odd paisa CGST and SGST cannot share
        total=Decimal("253.09"),
        count=5,
    )


def test_empty_cart_costs_nothing():
    zero = Decimal("0.00")
    cart = price_cart([], terms=Terms(EXCLUSIVE), at=AT)
    assert cart.lines == ()
    assert cart.totals == Totals(subtotal=zero, shipping=zero, discount=zero, tax=zero, total=zero, count=0)


@given(typed=prices, terms=terms, rate=st.none() | rates)
def test_net_and_tax_make_the_gross_for_every_price(typed, terms, rate):
    price = price_unit(typed, terms=terms, tax_rate=rate)
    assert price.net + price.tax == price.gross
    assert price.tax >= 0
    assert price.net > 0
    assert typed == (price.gross if terms.prices_include_tax else price.net)
    assert all(amount.as_tuple().exponent == -2 for amount in (price.net, price.tax, price.gross))


@given(typed=prices, terms=terms)
def test_gross_is_at_most_half_a_paisa_from_the_exact_one(typed, terms):
    price = price_unit(typed, terms=terms)
    factor = 1 + terms.rate / 100
    exact, rounded = (
        (typed / factor, price.net) if terms.prices_include_tax else (typed * factor, price.gross)
    )
    assert abs(exact - rounded) <= PAISA / 2


@given(lines=lines, terms=terms)
def test_total_is_the_sum_of_the_lines_for_every_cart(lines, terms):
    cart = price_cart(lines, terms=Terms(terms), at=AT)
    assert cart.totals.total == sum(line.unit.gross * line.quantity for line in cart.lines)
    assert cart.totals.total == cart.totals.subtotal + cart.totals.shipping - cart.totals.discount
    assert sum(line.split.taxable for line in cart.lines) + cart.totals.tax == cart.totals.total
    for line in cart.lines:
        assert line.split.cgst == line.split.sgst
        assert abs(line.split.tax - line.unit.tax * line.quantity) <= PAISA
    assert cart.totals.count == sum(line.quantity for line in lines)
    assert [line.product_id for line in cart.lines] == [line.product_id for line in lines]
