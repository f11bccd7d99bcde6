"""What clients are told when pages are published, taken off and deleted."""

import pytest

from pages.services.archive import archive_product
from pages.services.products import delete_product, update_product
from tests.factories.catalogue import make_collection, make_product, make_variant, page_of
from tests.factories.webhooks import list_events, make_endpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp():
    """A product with a size, whose changes somebody listens to."""
    product = make_product(title="Lamp", unit_price="71.88")
    make_variant(product, options={"Size": "Large"})
    make_endpoint("product.changed")
    return product


def told() -> list[tuple[str, bool]]:
    return [(data["title"], data["is_live"]) for _kind, data in list_events()]


def test_new_product_is_told_once_it_is_on_sale(lamp):
    make_product(title="Cup")
    assert told() == [("Cup", True)]


def test_publishing_tells_of_the_product_and_its_sizes(lamp):
    page = page_of(lamp)
    page.title = "Brass lamp"
    page.save_revision().publish()
    assert told() == [("Brass lamp", True), ("Brass lamp, Large", True)]


def test_draft_tells_nobody(lamp):
    page = page_of(lamp)
    page.title = "Draft"
    page.save_revision()
    assert told() == []


def test_change_by_the_api_is_one_event_with_all_of_it(lamp):
    shelf = make_collection(title="Hall")
    update_product(
        product_id=lamp.pk,
        changes={"title": "Hall lamp", "unit_price": 50, "inventory": 3, "collection_id": shelf.pk},
    )
    events = [data for _kind, data in list_events() if data["id"] == lamp.pk]
    facts = [(data["title"], data["unit_price"], data["inventory"], data["collection"]) for data in events]
    assert facts == [("Hall lamp", 50.0, 3, shelf.pk)]


def test_page_that_is_taken_off_tells_that_its_products_are(lamp):
    page_of(lamp).unpublish()
    assert told() == [("Lamp", False), ("Lamp, Large", False)]


def test_archived_product_is_told_once(lamp):
    archive_product(page=page_of(lamp))
    assert told() == [("Lamp", False), ("Lamp, Large", False)]


def test_deleted_product_is_told_for_the_last_time(lamp):
    delete_product(product_id=lamp.pk)
    assert told() == [("Lamp", False), ("Lamp, Large", False)]


def test_deleted_size_is_told_alone(lamp):
    delete_product(product_id=lamp.variants.get().pk)
    assert told() == [("Lamp, Large", False)]
