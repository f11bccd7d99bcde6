"""Slugs of pages: free among their siblings, and short enough for a number behind them."""

from django.utils.text import slugify
from wagtail.models import Page

LONGEST_SLUG = 245


def make_slug(*, title: str, slug: str = "", otherwise: str) -> str:
    """The slug given, else one of the title, else (a title without Latin letters) `otherwise`."""
    return (slug or slugify(title) or otherwise)[:LONGEST_SLUG]


def find_free_slug(slug: str, *, parents: tuple[Page, ...], page: Page | None = None) -> str:
    """The slug, with a number behind it where a child of these pages has it; `page` itself does not count."""
    slug = slug[:LONGEST_SLUG]
    taken: set[str] = set()
    for parent in parents:
        children = parent.get_children().filter(slug__istartswith=slug)
        children = children.exclude(pk=page.pk) if page else children
        # Folded, because MariaDB compares without case.
        taken.update(name.lower() for name in children.values_list("slug", flat=True))
    candidate, number = slug, 1
    while candidate.lower() in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
