"""A sale whose form begins filled: for the coming weekend, of what the address names."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from shop.sale_admin import begin_weekend_sale, find_weekend
from tests.factories.catalogue import make_item, make_shelf

INDIA = ZoneInfo("Asia/Kolkata")


@pytest.mark.parametrize(
    ("day", "saturday"),
    [
        (23, 28),
        (27, 28),
        (28, 28),
        (29, 28),
        (30, 35),
    ],  # Monday, Friday, Saturday, Sunday, Monday of November 2026
)
def test_weekend_is_the_one_that_comes_or_is(day, saturday):
    starts_at, ends_at = find_weekend(datetime(2026, 11, day, 15, 30, tzinfo=INDIA))
    first = datetime(2026, 11, 28, tzinfo=INDIA) if saturday == 28 else datetime(2026, 12, 5, tzinfo=INDIA)
    assert (starts_at, (ends_at - starts_at).days) == (first, 2)


@pytest.mark.django_db
def test_form_begins_with_what_is_named():
    shelf = make_shelf(title="Kitchen")
    product = make_item()
    sale = begin_weekend_sale(collection_ids=[shelf.pk, 999_999], product_ids=[product.pk])
    assert (sale.pk, sale.name, sale.kind, sale.value) == (
        None,
        "Weekend offer: Kitchen",
        "percent",
        Decimal(20),
    )
    assert [row.product for row in sale.chosen.all()] == [product]
    assert list(sale.collections.all()) == [shelf]
