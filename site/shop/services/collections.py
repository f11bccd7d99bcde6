"""Rows of collections. Inner services: `pages.services.collections` is the door that calls them."""

from shop.models import Collection


def add_collection(*, title: str, slug: str) -> Collection:
    """Insert a collection; a slug that is taken gets a number behind it."""
    return Collection.objects.create(title=title, slug=find_free_slug(slug))


def find_free_slug(slug: str) -> str:
    taken = set(Collection.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(name for name in numbered(slug) if name not in taken)


def numbered(slug: str):
    """slug, slug-2, slug-3 …"""
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1


def rename_collection(*, collection: Collection, title: str) -> None:
    collection.title = title
    collection.save(update_fields=["title"])
