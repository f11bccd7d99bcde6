"""Menu, footer links and breadcrumbs."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page, Site

HOME_DEPTH = 2


@dataclass(frozen=True)
class Link:
    title: str
    url: str


def find_home(request: HttpRequest | None) -> Page | None:
    """The home page of the site that the request is for."""
    site = Site.find_for_request(request) if request else Site.objects.filter(is_default_site=True).first()
    return site.root_page if site else None


def find_links(model: str, *, request: HttpRequest | None, in_menus: bool | None = None) -> list[Link]:
    """The live pages of one kind below the home page, in the editor's order."""
    home = find_home(request)
    if home is None:
        return []
    pages = home.get_children().live().filter(content_type__model=model)
    if in_menus is not None:
        pages = pages.filter(show_in_menus=in_menus)
    return [Link(title=page.title, url=page.get_url(request) or "/") for page in pages]


def make_breadcrumbs(page: Page, *, request: HttpRequest) -> list[Link]:
    """The pages above, from the home page down; of a page that was never saved, none."""
    if not page.pk:
        return []
    above = page.get_ancestors().filter(depth__gte=HOME_DEPTH)
    return [Link(title=parent.title, url=parent.get_url(request) or "/") for parent in above]
