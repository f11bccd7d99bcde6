import pytest

from shop.models import Collection, Product, Review
from tests.factories.catalogue import make_item, make_shelf

pytestmark = pytest.mark.django_db


def titles(products) -> list[str]:
    return sorted(products.values_list("title", flat=True))


def test_live_products_are_those_on_sale():
    make_item(title="Shown")
    make_item(title="Draft", is_live=False)
    assert titles(Product.objects.live()) == ["Shown"]


def test_leads_are_products_that_are_no_variant():
    lead = make_item(title="Kurta")
    make_item(title="Kurta, M", variant_of=lead)
    assert titles(Product.objects.leads()) == ["Kurta"]


def test_stock_filters_know_none_low_and_enough():
    for inventory in (0, 1, 5, 6):
        make_item(title=str(inventory), inventory=inventory, low_stock_threshold=5)
    assert titles(Product.objects.in_stock()) == ["1", "5", "6"]
    assert titles(Product.objects.low_in_stock()) == ["1", "5"]


def test_tagged_products_are_found_by_slug():
    make_item(title="Brass lamp", tags=("Made of brass",))
    make_item(title="Rug", tags=("Wool",))
    assert titles(Product.objects.tagged("made-of-brass")) == ["Brass lamp"]


def test_collections_count_what_lists_show():
    shelf, empty = make_shelf(title="Shelf"), make_shelf(title="Empty")
    lead = make_item(collection=shelf)
    make_item(collection=shelf)
    make_item(collection=shelf, variant_of=lead)
    make_item(collection=shelf, is_live=False)
    counted = {c.pk: c.products_count for c in Collection.objects.with_products_count()}
    assert counted == {shelf.pk: 2, empty.pk: 0}


def test_approved_reviews_leave_out_those_that_wait():
    product = make_item()
    Review.objects.create(product=product, name="Asha", description="Good", rating=5)
    Review.objects.create(product=product, name="Ravi", description="Spam", is_approved=False)
    assert [review.name for review in Review.objects.approved()] == ["Asha"]
