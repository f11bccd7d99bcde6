"""A shop before its first product: the home page in place of Wagtail's welcome, and groups for its staff."""

from wagtail.models import Page, Site

from database.transactions import entry_service
from pages.models import HomePage
from pages.staff_groups import set_up_groups


@entry_service
def open_shop(*, title: str = "Shop", description: str = "") -> HomePage:
    """The home page of the site, made where there is none yet. Safe to repeat."""
    site = Site.objects.get(is_default_site=True)
    welcome = site.root_page.specific
    if isinstance(welcome, HomePage):
        return welcome
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title=title, slug="shop", search_description=description[:160]))
    site.root_page, site.site_name = home, title
    site.save()
    welcome.delete()
    return home


def prepare_shop() -> None:
    """All that an empty shop starts with. Safe to repeat."""
    set_up_groups(home=open_shop())
