import pytest

from pages.models import CollectionPage
from pages.services.collections import (
    CollectionNotEmpty,
    create_collection,
    delete_collection,
    rename_collection,
)
from shop.models import Collection
from tests.factories.catalogue import make_collection, make_product
from tests.factories.users import make_staff
from tests.pages.editing import fresh

pytestmark = pytest.mark.django_db


def test_created_collection_has_a_live_page_in_the_menu(home):
    user = make_staff()
    collection = create_collection(title="Garden", introduction="Green things.", user=user)
    page = CollectionPage.objects.get()
    assert (collection.title, collection.slug, collection.page) == ("Garden", "garden", page)
    assert (page.live, page.show_in_menus, page.introduction, page.owner) == (
        True,
        True,
        "Green things.",
        user,
    )
    assert page.live_revision == page.latest_revision
    assert page.is_child_of(home)


def test_same_title_again_gets_a_number(home):
    assert [create_collection(title="Garden").slug for _ in range(2)] == ["garden", "garden-2"]
    assert create_collection(title="उद्यान").slug == "collection"


def test_renaming_publishes_and_reaches_the_open_draft():
    collection = make_collection(title="Garden")
    page = collection.page
    page.introduction = "Draft words"
    page.save_revision()
    assert (
        rename_collection(collection_id=collection.pk, title="Balcony", user=make_staff()).title == "Balcony"
    )
    page = fresh(page)
    assert (page.title, page.introduction, page.draft_title) == ("Balcony", "", "Balcony")
    assert page.get_latest_revision_as_object().introduction == "Draft words"


def test_renaming_what_is_not_live_publishes_nothing():
    collection = make_collection(title="Garden")
    collection.page.unpublish()
    assert rename_collection(collection_id=collection.pk, title="Balcony").title == "Balcony"
    assert CollectionPage.objects.get().live is False


def test_empty_collection_is_deleted_with_its_page():
    collection = make_collection()
    delete_collection(collection_id=collection.pk, user=make_staff())
    assert (Collection.objects.count(), CollectionPage.objects.count()) == (0, 0)


def test_collection_with_products_is_not_deleted():
    collection = make_product().collection
    with pytest.raises(CollectionNotEmpty):
        delete_collection(collection_id=collection.pk)
    assert CollectionPage.objects.count() == 1


def test_unknown_collection():
    with pytest.raises(Collection.DoesNotExist):
        rename_collection(collection_id=999_999, title="X")
    with pytest.raises(Collection.DoesNotExist):
        delete_collection(collection_id=999_999)
