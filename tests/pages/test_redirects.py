"""Addresses that were left still lead to the page."""

import pytest

from pages.services.products import update_product
from tests.factories.catalogue import make_collection, make_product, page_of
from tests.pages.editing import fresh, move_page, publish

pytestmark = pytest.mark.django_db


def follow(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 301, (address, answer.status_code)
    return answer["Location"]


def test_a_moved_product_is_found_at_its_old_address(admin, client):
    product = make_product(title="Mug", collection=make_collection(title="Kitchen"))
    old = page_of(product).url
    move_page(admin, page_of(product), make_collection(title="Gifts").page)
    assert follow(client, old) == "/gifts/mug/"


def test_a_new_slug_in_the_editor_and_over_the_api(admin, client, django_capture_on_commit_callbacks):
    product = make_product(title="Mug", collection=make_collection(title="Kitchen"))
    with django_capture_on_commit_callbacks(execute=True):
        publish(admin, page_of(product), title="Mug", slug="cup")
    assert follow(client, "/kitchen/mug/") == "/kitchen/cup/"
    with django_capture_on_commit_callbacks(execute=True):
        update_product(product_id=product.pk, changes={"slug": "beaker"})
    assert follow(client, "/kitchen/cup/") == "/kitchen/beaker/"
    assert follow(client, "/kitchen/mug/") == "/kitchen/beaker/"


def test_products_follow_their_renamed_collection(admin, client, django_capture_on_commit_callbacks):
    shelf = make_collection(title="Kitchen").page
    make_product(title="Mug", collection=shelf.collection)
    with django_capture_on_commit_callbacks(execute=True):
        publish(admin, shelf, title="Kitchen", slug="table")
    assert follow(client, "/kitchen/mug/") == "/table/mug/"
    assert fresh(shelf).url == "/table/"


def test_a_page_at_the_old_address_wins(admin, client, django_capture_on_commit_callbacks):
    shelf = make_collection(title="Kitchen")
    product = make_product(title="Mug", collection=shelf)
    with django_capture_on_commit_callbacks(execute=True):
        publish(admin, page_of(product), title="Mug", slug="cup")
    make_product(title="Mug", slug="mug", collection=shelf)
    assert client.get("/kitchen/mug/").status_code == 200
