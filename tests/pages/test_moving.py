"""The collection of a product is where its page stands."""

import pytest

from pages.invariants import check_shelves
from pages.models import CollectionPage
from shop.models import Product
from tests.factories.catalogue import make_collection, make_product, make_variant, page_of
from tests.pages.editing import bulk, fresh, move_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("live", [True, False])
def test_moved_page_takes_product_and_variants_along(publisher, live):
    product = make_product()
    variant = make_variant(product)
    if not live:
        page_of(product).unpublish()
    target = make_collection()
    move_page(publisher, page_of(product), target.page)
    for row in Product.objects.filter(pk__in=[product.pk, variant.pk]):
        assert (row.collection_id, row.is_live) == (target.pk, live)
    assert list(check_shelves()) == []


def test_pages_moved_in_bulk_take_their_products_along(publisher):
    first, second, target = make_product(), make_product(), make_collection()
    bulk(publisher, "move", page_of(first), page_of(second), chooser=target.page.pk)
    assert set(Product.objects.values_list("collection_id", flat=True)) == {target.pk}


def test_page_stays_where_its_product_cannot_follow(admin, monkeypatch):
    product, target = make_product(), make_collection()

    def fail(self):
        raise RuntimeError("the database went away")

    monkeypatch.setattr("pages.models.ProductPage.update_counterpart", fail)
    with pytest.raises(RuntimeError, match="went away"):
        move_page(admin, page_of(product), target.page)
    monkeypatch.undo()
    assert fresh(page_of(product)).get_parent().specific == product.collection.page
    assert Product.objects.get(pk=product.pk).collection_id == product.collection_id
    assert list(check_shelves()) == []


def test_product_that_stands_apart_from_its_page_is_found():
    product, other = make_product(), make_collection()
    Product.objects.filter(pk=product.pk).update(collection=other)
    assert list(check_shelves()) == [f"Product {product.pk}: its page stands in another collection."]


def test_moving_below_something_else_is_refused_whole(home):
    product = make_product()
    with pytest.raises(CollectionPage.DoesNotExist):
        page_of(product).move(make_collection().page.get_parent(), pos="last-child")
    assert fresh(page_of(product)).get_parent().specific == product.collection.page
