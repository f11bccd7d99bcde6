import pytest

from shop.models import Collection
from shop.services.collections import add_collection, rename_collection

pytestmark = pytest.mark.django_db


def test_collection_gets_its_slug():
    shelf = add_collection(title="Home & living", slug="home-living")
    assert (shelf.title, shelf.slug, str(shelf)) == ("Home & living", "home-living", "Home & living")


def test_collection_with_a_taken_slug_gets_the_next_number():
    slugs = [add_collection(title="Home", slug="home").slug for _ in range(3)]
    assert slugs == ["home", "home-2", "home-3"]


def test_collection_whose_slug_only_begins_like_another_keeps_it():
    add_collection(title="Homeware", slug="homeware")
    assert add_collection(title="Home", slug="home").slug == "home"


def test_renamed_collection_keeps_its_slug():
    shelf = add_collection(title="Home", slug="home")
    rename_collection(collection=shelf, title="House")
    assert Collection.objects.values_list("title", "slug").get() == ("House", "home")
