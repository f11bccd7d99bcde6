"""Pages, blocks and settings for front ends of their own."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import signing
from django.utils import timezone

from pages.headless.drafts import sign_draft
from pages.models import LandingPage, ShopSettings
from shop.models import Product, Review
from tests.factories.catalogue import make_home_page, make_picture, make_product, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return make_home_page()


def add_landing(home, *body) -> LandingPage:
    return home.add_child(instance=LandingPage(title="Sale", slug="sale", body=list(body)))


def read_body(guest, page) -> list:
    answer = guest.get(f"/api/pages/{page.pk}/")
    assert answer.status == 200, answer.content
    return answer.body["body"]


def test_a_grid_has_todays_products_with_addresses_and_renditions(guest, home):
    product = make_product(title="Mug", unit_price="100.00", inventory=3, pictures=[make_picture()])
    page = add_landing(
        home, ("product_grid", {"heading": "New", "rule": "newest", "products": [], "limit": 8})
    )
    Product.objects.filter(pk=product.pk).update(unit_price=Decimal("120.50"))
    [block] = read_body(guest, page)
    [card] = block["value"]["cards"]
    shown = {
        name: card[name] for name in ("product_id", "title", "price", "old_price", "sold_out", "only_left")
    }
    assert shown == {
        "product_id": product.pk,
        "title": "Mug",
        "price": Decimal("132.55"),
        "old_price": None,
        "sold_out": False,
        "only_left": 3,
    }
    assert card["url"] == page_of(product).url
    assert card["picture"]["src"].startswith("http://testserver/media/")


def test_links_pictures_and_texts_are_ready_to_render(guest, home):
    other = home.add_child(instance=LandingPage(title="About", slug="about"))
    picture = make_picture()
    hero = {"heading": "Hi", "text": "", "picture": picture, "link_label": "Look", "link_page": other}
    page = add_landing(
        home,
        ("hero", hero),
        ("rich_text", f'<p><a linktype="page" id="{other.pk}">us</a></p>'),
        ("columns", {"heading": "", "columns": [[("rich_text", "<p>One</p>")], []]}),
        ("video", {"title": "Bowl", "address": "https://youtu.be/aqz-KE-bpKQ", "picture": None}),
    )
    first, text, columns, video = (block["value"] for block in read_body(guest, page))
    assert (first["picture"]["id"], first["link_page"]["url"]) == (picture.pk, "/about/")
    assert text == '<p><a href="/about/">us</a></p>'
    assert columns["columns"][0][0]["value"] == "<p>One</p>"
    assert video["video"]["frame_url"].startswith("https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ")
    other.unpublish()
    assert read_body(guest, page)[0]["value"]["link_page"] is None


def test_a_promotion_keeps_quiet_before_its_time(guest, home, settings):
    starts_at = timezone.now() + timedelta(hours=1)
    value = {"heading": "Friday", "text": "", "link_label": "", "starts_at": starts_at, "ends_at": None}
    page = add_landing(home, ("promotion", {**value, "link_page": None, "countdown": False}))
    answer = read_body(guest, page)[0]["value"]
    assert (answer.keys(), answer["is_on"]) == ({"starts_at", "ends_at", "is_on"}, False)
    page.body[0].value["starts_at"] = None
    page.save()
    assert read_body(guest, page)[0]["value"]["heading"] == "Friday"


def test_a_review_that_is_held_back_is_not_told(guest, home):
    review = Review.objects.create(product=make_product(), name="Asha", description="Good", rating=5)
    page = add_landing(home, ("review", {"review": review}))
    assert read_body(guest, page)[0]["value"]["review"]["text"] == "Good"
    Review.objects.update(is_approved=False)
    ShopSettings.load().save()
    assert read_body(guest, page)[0]["value"]["review"] is None


def test_a_product_page_has_its_card_and_pictures(guest):
    product = make_product(title="Lamp", unit_price="10.00", pictures=[make_picture()])
    body = guest.get(f"/api/pages/{page_of(product).pk}/").body
    assert (body["card"]["title"], body["card"]["price"], len(body["pictures"])) == ("Lamp", 11.0, 1)
    assert (body["specifications"], body["related"]) == ([], [])


def test_settings_tell_menus_words_and_look(guest, home):
    make_product()
    body = guest.get("/api/settings/").body
    assert (body["name"], body["tax_wording"], body["logo"]) == ("Haat", "incl. tax", None)
    assert [link["url"] for link in body["menu"]]
    assert body["theme"]["accent"] == "#0f5f57"


def test_a_draft_is_read_by_its_signed_link_only(guest, home, monkeypatch):
    page = add_landing(home, ("rich_text", "<p>Live</p>"))
    page.body = [("rich_text", "<p>Draft</p>")]
    page.save_revision()
    token = sign_draft(page)
    answer = guest.get(f"/api/drafts/{token}/")
    assert (answer.status, answer.body["body"][0]["value"]) == (200, "<p>Draft</p>")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert read_body(guest, page)[0]["value"] == "<p>Live</p>"
    assert guest.get(f"/api/drafts/{token[:-1]}x/").status == 404
    monkeypatch.setattr(signing.time, "time", lambda: timezone.now().timestamp() + 24 * 3600 + 1)
    assert guest.get(f"/api/drafts/{token}/").status == 404


def test_a_draft_of_a_page_that_is_gone_is_not_found(guest, home):
    page = add_landing(home)
    token = sign_draft(page)
    page.delete()
    assert guest.get(f"/api/drafts/{token}/").status == 404
