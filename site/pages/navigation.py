"""Menu, footer and breadcrumbs: as editors put them together, else from the page tree."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from pages.blocks.links import find_address
from pages.blocks.menus import NETWORKS

HOME_DEPTH = 2
SHOWN_IN_FOOTER = 6


@dataclass(frozen=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True)
class Column:
    heading: str
    links: tuple[Link, ...]


def find_home(request: HttpRequest | None) -> Page | None:
    """The home page of the site that the request is for."""
    site = Site.find_for_request(request) if request else Site.objects.filter(is_default_site=True).first()
    return site.root_page if site else None


def find_links(*models: str, request: HttpRequest | None, in_menus: bool | None = None) -> list[Link]:
    """The live pages of these kinds below the home page, kind by kind, in the editor's order."""
    home = find_home(request)
    if home is None:
        return []
    pages = home.get_children().live().filter(content_type__model__in=models)
    if in_menus is not None:
        pages = pages.filter(show_in_menus=in_menus)
    found = sorted(
        pages.select_related("content_type"), key=lambda page: models.index(page.content_type.model)
    )
    return [Link(title=page.title, url=page.get_url(request) or "/") for page in found]


def list_menu(shop, *, request: HttpRequest | None) -> list[Link]:
    """The main menu. Of a shop that has none yet: its collections and landing pages that are shown in menus."""
    if not shop.main_menu:
        return find_links("collectionpage", "landingpage", request=request, in_menus=True)
    return list(read_links(shop.main_menu, request=request))


def list_columns(shop, *, request: HttpRequest | None) -> list[Column]:
    """The columns of the footer. Of a shop that has none yet: its menu, and its pages of words."""
    if not shop.footer_columns:
        help_links = find_links("standardpage", "formpage", "policypage", request=request)
        made = [(_("Shop"), list_menu(shop, request=request)[:SHOWN_IN_FOOTER]), (_("Help"), help_links)]
    else:
        values = [block.value for block in shop.footer_columns]
        made = [(value["heading"], read_links(value["links"], request=request)) for value in values]
    columns = [Column(heading=heading, links=tuple(links)) for heading, links in made]
    return [column for column in columns if column.links]


def read_links(blocks: Iterable, *, request: HttpRequest | None) -> Iterator[Link]:
    """The links of a menu's blocks. A page that is gone or not live is left out."""
    for block in blocks:
        if block.block_type == "collections":
            yield from find_links("collectionpage", request=request, in_menus=True)
        elif block.block_type == "address":
            yield Link(title=block.value["label"], url=block.value["address"])
        elif url := find_address(block.value["page"], request=request):
            yield Link(title=block.value["label"] or block.value["page"].title, url=url)


def list_profiles(shop) -> list[Link]:
    """The shop's profiles in social networks."""
    names = dict(NETWORKS)
    values = [block.value for block in shop.social_links]
    return [Link(title=names.get(value["network"], ""), url=value["address"]) for value in values]


def make_breadcrumbs(page: Page, *, request: HttpRequest) -> list[Link]:
    """The pages above, from the home page down; of a page that was never saved, none."""
    if not page.pk:
        return []
    above = page.get_ancestors().filter(depth__gte=HOME_DEPTH)
    return [Link(title=parent.title, url=parent.get_url(request) or "/") for parent in above]
