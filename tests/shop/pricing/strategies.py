"""Random carts and rules for the property tests of pricing."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from shop.pricing import Line, SaleRule, Targets, TaxTerms

AT = datetime(2026, 11, 2, 12, tzinfo=UTC)

prices = st.decimals(min_value="1.00", max_value="9999999.99", places=2)
rates = st.decimals(min_value="0.00", max_value="100.00", places=2)
tax_terms = st.builds(TaxTerms, rate=rates, prices_include_tax=st.booleans())
# Few ids, so that rules and lines meet.
ids = st.integers(1, 4)
id_sets = st.frozensets(ids, max_size=2)
moments = st.integers(-3, 3).map(lambda steps: AT + timedelta(microseconds=steps))

single_lines = st.builds(
    Line,
    product_id=ids,
    quantity=st.integers(1, 100_000),
    typed_price=prices,
    tax_rate=st.none() | rates,
    lead_id=st.none() | ids,
    collection_id=st.none() | ids,
    tag_ids=id_sets,
    weight_grams=st.integers(0, 50_000),
)
lines = st.lists(single_lines, max_size=8)
targets = st.builds(Targets, product_ids=id_sets, collection_ids=id_sets, tag_ids=id_sets)


def make_sales(kind: str, values):
    return st.builds(
        SaleRule,
        id=st.integers(1, 9),
        name=st.just("Monsoon"),
        kind=st.just(kind),
        value=values,
        targets=targets,
        starts_at=st.none() | moments,
        ends_at=st.none() | moments,
    )


sale_rules = (
    make_sales("percent", st.decimals(min_value="0.01", max_value="100.00", places=2))
    | make_sales("amount", prices)
    | make_sales("fixed", prices)
)
sales = st.lists(sale_rules, max_size=4)
