from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given

from shop.pricing import Line, SaleRule, Targets, TaxTerms, price_one
from shop.pricing.sales import LOWEST_PRICE, find_best_sale
from tests.shop.pricing.strategies import AT, prices, sale_rules, sales, single_lines, tax_terms

START = datetime(2026, 11, 1, tzinfo=UTC)
END = datetime(2026, 12, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
LAMP = Line(product_id=1, quantity=1, typed_price=Decimal("100.00"), lead_id=1, collection_id=5)


def make_rule(kind="percent", value="20", **fields) -> SaleRule:
    fields = {"id": 1, "name": "Monsoon", "targets": Targets(), **fields}
    return SaleRule(kind=kind, value=Decimal(value), **fields)


@pytest.mark.parametrize(
    ("kind", "value", "typed", "reduced"),
    [
        ("percent", "20", "100.00", "80.00"),
        ("percent", "12.5", "99.99", "87.49"),  # 12.49875 off, rounded to 12.50
        ("percent", "0.01", "1.00", "1.00"),
        ("percent", "100", "100.00", "1.00"),
        ("amount", "30", "100.00", "70.00"),
        ("amount", "99.50", "100.00", "1.00"),
        ("amount", "500", "100.00", "1.00"),
        ("fixed", "49.50", "100.00", "49.50"),
        ("fixed", "120", "100.00", "100.00"),
        ("fixed", "1", "1.00", "1.00"),
    ],
)
def test_sale_reduces_the_typed_price(kind, value, typed, reduced):
    assert str(make_rule(kind, value).price(Decimal(typed))) == reduced


@pytest.mark.parametrize(
    ("at", "is_on"),
    [(START - TICK, False), (START, True), (END - TICK, True), (END, False)],
)
def test_sale_runs_from_its_start_until_before_its_end(at, is_on):
    assert make_rule(starts_at=START, ends_at=END).is_on(at) is is_on


@pytest.mark.parametrize("at", [START - timedelta(days=9999), END + timedelta(days=9999)])
def test_sale_without_bounds_is_always_on(at):
    assert make_rule().is_on(at)


def test_sale_open_on_one_side_is_bounded_on_the_other():
    assert not make_rule(starts_at=START).is_on(START - TICK)
    assert make_rule(starts_at=START).is_on(END)
    assert make_rule(ends_at=END).is_on(START)
    assert not make_rule(ends_at=END).is_on(END)


def test_lowest_price_wins_whatever_the_kind_and_order():
    percent = make_rule("percent", "20", id=1)
    amount = make_rule("amount", "25", id=2)
    fixed = make_rule("fixed", "79", id=3)
    assert find_best_sale(LAMP, [percent, amount, fixed], at=AT) == amount
    assert find_best_sale(LAMP, [fixed, amount, percent], at=AT) == amount
    cheap = replace(LAMP, typed_price=Decimal("500.00"))
    assert find_best_sale(cheap, [percent, amount, fixed], at=AT) == fixed


def test_older_one_of_two_equal_sales_wins():
    older, newer = make_rule("percent", "20", id=1), make_rule("amount", "20", id=2)
    assert find_best_sale(LAMP, [newer, older], at=AT) == older


def test_sale_that_makes_nothing_cheaper_is_none():
    assert find_best_sale(LAMP, [make_rule("fixed", "100")], at=AT) is None


def test_sale_of_other_products_is_none():
    elsewhere = make_rule(targets=Targets(collection_ids=frozenset({6})))
    assert find_best_sale(LAMP, [elsewhere], at=AT) is None


def test_old_price_shows_only_in_a_sale():
    sold = price_one(LAMP, tax=TaxTerms(), sales=[make_rule()], at=AT)
    assert (sold.unit.gross, sold.old_price) == (Decimal("88.00"), Decimal("110.00"))
    plain = price_one(LAMP, tax=TaxTerms(), sales=[], at=AT)
    assert (plain.unit.gross, plain.old_price, plain.sale) == (Decimal("110.00"), None, None)


@given(rule=sale_rules, typed=prices)
def test_reduced_price_lies_between_the_lowest_and_the_typed_one(rule, typed):
    assert LOWEST_PRICE <= rule.price(typed) <= typed
    assert rule.price(typed).as_tuple().exponent == -2


@given(line=single_lines, rules=sales, tax=tax_terms)
def test_no_sale_in_force_would_be_cheaper_than_the_one_that_wins(line, rules, tax):
    price = price_one(line, tax=tax, sales=rules, at=AT)
    due = [rule.price(line.typed_price) for rule in rules if rule.is_on(AT) and rule.targets.include(line)]
    typed = price.unit.gross if tax.prices_include_tax else price.unit.net
    assert typed == min([line.typed_price, *due])
    assert price.unit.gross <= price.list_unit.gross
    assert (price.sale is None) == (typed == line.typed_price)


@given(line=single_lines, rules=sales)
def test_order_of_the_rules_decides_nothing(line, rules):
    forwards, backwards = (find_best_sale(line, some, at=AT) for some in (rules, rules[::-1]))
    assert forwards is backwards or (
        (forwards.id, forwards.price(line.typed_price)) == (backwards.id, backwards.price(line.typed_price))
    )


@given(rule=sale_rules)
def test_sale_is_on_at_its_start_and_over_at_its_end(rule):
    for moment in (AT - TICK, AT, AT + TICK):
        begun = rule.starts_at is None or rule.starts_at <= moment
        over = rule.ends_at is not None and rule.ends_at <= moment
        assert rule.is_on(moment) == (begun and not over)
