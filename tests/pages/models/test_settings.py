"""The shop's settings: what is refused, what is previewed, what every page shows of them."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from pages.models import LandingPage, ShopSettings
from tests.factories.catalogue import make_collection, make_picture, make_product, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(home) -> ShopSettings:
    return ShopSettings.load()


def save(shop: ShopSettings) -> None:
    shop.save()
    cache.delete(ShopSettings.cache_key())


def fill(**fields) -> dict:
    empty = {name: streamfield([]) for name in ("main_menu", "footer_columns", "social_links")}
    look = {
        "accent": "#0f5f57",
        "background": "#fcfaf6",
        "ink": "#211c17",
        "text_font": "sans",
        "heading_font": "sans",
        "type_scale": "regular",
        "radius": "10",
    }
    return nested_form_data({"name": "Haat", **look, **empty, **fields})


@pytest.mark.parametrize(
    ("name", "colour", "sentence"),
    [
        ("accent", "#facc15", "a contrast of 1.4 to 1; text that everybody can read needs 4.5 to 1"),
        ("ink", "#888888", "The nearest colour that passes is #"),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest(shop, name, colour, sentence):
    setattr(shop, name, colour)
    with pytest.raises(ValidationError) as refused:
        shop.full_clean()
    message = refused.value.message_dict[name][0]
    assert sentence in message
    setattr(shop, name, message.rstrip(".").rpartition(" ")[2])
    shop.full_clean()


def test_what_is_no_colour_is_said_once(shop):
    shop.accent = "red"
    with pytest.raises(ValidationError) as refused:
        shop.full_clean()
    assert refused.value.message_dict == {
        "accent": ["Enter a colour as # and six digits, for example #0f766e."]
    }


def test_menus_follow_the_editor_and_leave_out_what_is_gone(client, shop, home):
    garden, kitchen = make_collection(title="Garden").page, make_collection(title="Kitchen").page
    about = home.add_child(instance=LandingPage(title="About", slug="about"))
    shop.main_menu = [
        ("page", {"page": about, "label": "Who we are"}),
        ("collections", None),
        ("page", {"page": garden, "label": ""}),
        ("address", {"label": "Press", "address": "https://example.com/press"}),
    ]
    shop.footer_columns = [
        ("column", {"heading": "More", "links": [("page", {"page": about, "label": ""})]}),
        ("column", {"heading": "Nothing", "links": []}),
    ]
    shop.social_links = [("profile", {"network": "youtube", "address": "https://youtube.com/@haat"})]
    save(shop)
    answer = client.get("/")
    assert [(link.title, link.url) for link in answer.context["menu_items"]] == [
        ("Who we are", "/about/"),
        ("Garden", "/garden/"),
        ("Kitchen", "/kitchen/"),
        ("Garden", "/garden/"),
        ("Press", "https://example.com/press"),
    ]
    assert [(column.heading, column.links[0].title) for column in answer.context["columns"]] == [
        ("More", "About")
    ]
    assert ">YouTube</a>" in answer.content.decode()
    about.unpublish()
    kitchen.unpublish()
    answer = client.get("/")
    assert [link.title for link in answer.context["menu_items"]] == ["Garden", "Garden", "Press"]
    assert answer.context["columns"] == []


def test_words_and_pictures_stand_on_every_page(client, shop, home):
    product = make_product(unit_price="100.00")
    shop.tax_wording = "incl. of all taxes"
    shop.icon = shop.share_picture = make_picture()
    shop.search_description = "Things made well"
    shop.announcement, shop.announcement_page = "New this week", page_of(product).get_parent()
    save(shop)
    html = client.get(page_of(product).url).content.decode()
    assert "incl. of all taxes" in html
    assert f'<link rel="icon" href="{shop.icon.file.url}">' in html
    assert f'content="http://testserver{shop.icon.file.url}"' in html
    assert f'<a href="{page_of(product).get_parent().url}">New this week</a>' in html
    assert "Things made well" in client.get("/").content.decode()


@pytest.mark.parametrize("mode", ["", "collectionpage", "productpage"])
def test_a_change_shows_in_the_preview_before_it_is_saved(admin, client, shop, mode):
    make_product(title="Mug")
    url = reverse("wagtailsettings:preview_on_edit", args=["pages", "shopsettings", shop.pk])
    answer = admin.post(url, fill(name="Bazaar", accent="#2d3a8c"))
    assert answer.json() == {"is_valid": True, "is_available": True}
    html = admin.get(f"{url}?mode={mode}").content.decode()
    assert "Bazaar" in html
    assert ("Mug" in html) == bool(mode)
    stylesheet = html.split('href="/theme.css?', 1)[1].partition('"')[0].replace("&amp;", "&")
    assert "--accent: #2d3a8c;" in admin.get(f"/theme.css?{stylesheet}").content.decode()
    assert "Bazaar" not in client.get("/").content.decode()


def test_a_new_shop_previews_what_it_has(admin, shop):
    url = reverse("wagtailsettings:preview_on_edit", args=["pages", "shopsettings", shop.pk])
    admin.post(url, fill())
    assert admin.get(f"{url}?mode=productpage").status_code == 404


def test_settings_are_saved_with_a_menu(admin, shop, django_capture_on_commit_callbacks):
    url = reverse("wagtailsettings:edit", args=["pages", "shopsettings", shop.pk])
    page = admin.get(url).content.decode()
    assert page.count("data-look\n") == 3
    menu = streamfield([("address", {"label": "Press", "address": "https://example.com/"})])
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(url, fill(main_menu=menu, hold="")).status_code == 302
    assert ShopSettings.load().main_menu[0].value["label"] == "Press"
