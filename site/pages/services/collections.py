"""The one door that makes and changes collections."""

from wagtail.models import Site

from database.transactions import entry_service
from pages.models import CollectionPage, HomePage
from pages.services.publishing import add_live_page, publish_content
from pages.services.slugs import find_free_slug, make_slug
from shop.models import Collection


class CollectionNotEmpty(Exception):
    """Products stand in the collection, so it cannot be deleted."""


@entry_service
def create_collection(*, title: str, introduction: str = "", slug: str = "", user=None) -> Collection:
    """Make a collection with its live page below the home page."""
    home = lock_home_page()
    slug = make_slug(title=title, slug=slug, otherwise="collection")
    page = CollectionPage(
        title=title,
        slug=find_free_slug(slug, parents=(home,)),
        introduction=introduction,
        show_in_menus=True,
        owner=user,
    )
    add_live_page(page=page, parent=home, user=user)
    return page.collection


def lock_home_page() -> HomePage:
    """Locked, because two children inserted at once would take the same place in the tree."""
    site = Site.objects.get(is_default_site=True)
    return HomePage.objects.select_for_update().get(pk=site.root_page_id)


@entry_service
def rename_collection(*, collection_id: int, title: str, user=None) -> Collection:
    """Publish a new title, and put it into an open draft too. Raises `Collection.DoesNotExist`."""
    page = CollectionPage.objects.filter(collection_id=collection_id).first()
    if page is None:
        raise Collection.DoesNotExist
    publish_content(page=page, content={"title": title}, user=user)
    return Collection.objects.get(pk=collection_id)


@entry_service
def delete_collection(*, collection_id: int, user=None) -> None:
    """Delete an empty collection and its page. Raises `CollectionNotEmpty`, `Collection.DoesNotExist`."""
    collection = Collection.objects.select_for_update().get(pk=collection_id)
    if collection.products.exists():
        raise CollectionNotEmpty
    page = CollectionPage.objects.get(collection=collection)
    page.delete(user=user, skip_permission_checks=True)
