import pytest
from hypothesis import given

from shop.pricing import Line, Targets
from tests.shop.pricing.strategies import single_lines

# A red bottle, variant of the bottle 1, on shelf 7, tagged 3 and 4.
RED = Line(product_id=2, quantity=1, typed_price=100, lead_id=1, collection_id=7, tag_ids=frozenset({3, 4}))


@pytest.mark.parametrize(
    ("targets", "included"),
    [
        (Targets(), True),
        (Targets(product_ids=frozenset({2})), True),
        (Targets(product_ids=frozenset({1})), True),
        (Targets(product_ids=frozenset({3})), False),
        (Targets(collection_ids=frozenset({7, 9})), True),
        (Targets(collection_ids=frozenset({2})), False),
        (Targets(tag_ids=frozenset({4, 5})), True),
        (Targets(tag_ids=frozenset({7})), False),
        (Targets(product_ids=frozenset({9}), collection_ids=frozenset({9}), tag_ids=frozenset({3})), True),
        (Targets(product_ids=frozenset({9}), collection_ids=frozenset({9}), tag_ids=frozenset({9})), False),
    ],
)
def test_rule_means_what_it_names(targets, included):
    assert targets.include(RED) is included


def test_rule_that_names_a_variant_does_not_mean_its_lead():
    lead = Line(product_id=1, quantity=1, typed_price=100, lead_id=1)
    assert not Targets(product_ids=frozenset({2})).include(lead)


def test_line_without_shelf_and_lead_is_in_no_rule_that_names_some():
    bare = Line(product_id=1, quantity=1, typed_price=100)
    assert not Targets(product_ids=frozenset({2}), collection_ids=frozenset({2})).include(bare)


@given(line=single_lines)
def test_rule_that_names_nothing_means_every_line(line):
    assert Targets().is_everything
    assert Targets().include(line)
