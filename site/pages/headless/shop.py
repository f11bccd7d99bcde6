"""The shop's settings as a front end needs them: name, words, menus and look."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest

from pages.headless.things import describe_page, describe_picture
from pages.models import ShopSettings
from pages.navigation import list_columns, list_menu, list_profiles
from pages.theme import make_theme

WORDS = (
    "name",
    "tagline",
    "announcement",
    "contact_email",
    "contact_phone",
    "footer_text",
    "tax_wording",
    "shipping_text",
    "returns_text",
    "description",
)
PICTURES = ("logo", "icon", "share_picture")


def describe_shop(*, request: HttpRequest) -> dict[str, Any]:
    shop = ShopSettings.load()
    return {
        **{name: getattr(shop, name) for name in WORDS},
        **{name: describe_picture(getattr(shop, name), request=request) for name in PICTURES},
        "announcement_page": describe_page(shop.announcement_page, request=request),
        "menu": [asdict(link) for link in list_menu(shop, request=request)],
        "footer": [asdict(column) for column in list_columns(shop, request=request)],
        "profiles": [asdict(link) for link in list_profiles(shop)],
        "theme": asdict(make_theme(shop)),
    }
