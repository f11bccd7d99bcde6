from decimal import Decimal

from hypothesis import given

from shop.pricing import PAISA, Line, TaxTerms, Terms, Totals, price_cart, price_one
from tests.shop.pricing.strategies import AT, lines, sales, tax_terms


def test_line_is_quantity_times_the_rounded_unit():
    priced = price_cart(
        [Line(product_id=7, quantity=3, typed_price=Decimal("99.95"))], terms=Terms(TaxTerms()), at=AT
    ).lines[0]
    assert priced.product_id == 7
    assert priced.quantity == 3
    assert priced.unit.gross == Decimal("109.95")
    assert priced.total == Decimal("329.85")  # not 3 × 109.945 rounded afterwards, which is 329.84
    assert priced.tax_rate == Decimal(10)


def test_line_names_the_rate_of_its_tax_class():
    line = Line(product_id=7, quantity=1, typed_price=Decimal(100), tax_rate=Decimal(28))
    assert price_cart([line], terms=Terms(TaxTerms()), at=AT).lines[0].tax_rate == Decimal(28)


def test_cart_adds_up_its_lines():
    cart = price_cart(
        [
            Line(product_id=1, quantity=2, typed_price=Decimal("100.00")),
            Line(product_id=2, quantity=3, typed_price=Decimal("10.50"), tax_rate=Decimal(5)),
        ],
        terms=Terms(TaxTerms()),
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
    cart = price_cart([], terms=Terms(TaxTerms()), at=AT)
    assert cart.lines == ()
    assert cart.totals == Totals(subtotal=zero, shipping=zero, discount=zero, tax=zero, total=zero, count=0)


@given(lines=lines, terms=tax_terms)
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


@given(lines=lines, rules=sales, tax=tax_terms)
def test_sales_make_no_cart_dearer_and_its_parts_still_add_up(lines, rules, tax):
    cart = price_cart(lines, terms=Terms(tax, sales=tuple(rules)), at=AT)
    plain = price_cart(lines, terms=Terms(tax), at=AT)
    assert cart.totals.total <= plain.totals.total
    assert cart.totals.total == sum(line.unit.gross * line.quantity for line in cart.lines)
    assert sum(line.split.taxable for line in cart.lines) + cart.totals.tax == cart.totals.total
    for line, priced, dear in zip(lines, cart.lines, plain.lines, strict=True):
        assert priced.unit == price_one(line, tax=tax, sales=rules, at=AT).unit
        assert priced.list_unit == dear.unit
        assert priced.old_price == (dear.unit.gross if priced.unit.gross < dear.unit.gross else None)
