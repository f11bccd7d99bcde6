"""Whatever editors do with a page, price and stock stay, and only what is published is shown."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from pages.models import ProductPagePicture
from pages.tasks import publish_scheduled_pages
from shop.models import Product
from shop.services.collections import add_collection
from shop.services.prices import change_price
from shop.services.stock import adjust_stock
from tests.factories.catalogue import make_picture, make_product, make_variant, page_of
from tests.pages.editing import bulk, edit_page, fill_form, fresh, publish, replace_pictures

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug() -> Product:
    return make_product(title="Mug", description="Holds tea.", unit_price="100.00", inventory=10)


def sell_meanwhile(product: Product) -> None:
    """Price and stock move on while a draft lies open."""
    adjust_stock(product_id=product.pk, delta=-4)
    change_price(product=Product.objects.get(pk=product.pk), unit_price=Decimal("120.00"), page_is_live=True)


def said(product: Product) -> tuple:
    saved = Product.objects.get(pk=product.pk)
    return saved.title, saved.slug, saved.description


def facts(product: Product) -> tuple:
    saved = Product.objects.get(pk=product.pk)
    return saved.unit_price, saved.inventory, saved.is_live


SOLD = (Decimal("120.00"), 6, True)


@pytest.mark.parametrize("as_json", [False, True])
def test_draft_is_not_shown(editor, mug, as_json):
    edit_page(editor, page_of(mug), as_json=as_json, title="Cup", slug="cup", description="Draft")
    assert said(mug) == ("Mug", "mug", "Holds tea.")
    assert fresh(page_of(mug)).draft_title == "Cup"


def test_autosave_overwrites_its_own_revision(editor, mug):
    page = page_of(mug)
    first = edit_page(editor, page, as_json=True, title="C", slug="mug").json()
    sell_meanwhile(mug)
    second = edit_page(
        editor, page, as_json=True, title="Cup", slug="mug", overwrite_revision_id=first["revision_id"]
    ).json()
    assert (second["success"], second["revision_id"]) == (True, first["revision_id"])
    assert fresh(page).get_latest_revision().content["title"] == "Cup"
    assert facts(mug) == SOLD
    assert said(mug) == ("Mug", "mug", "Holds tea.")


def test_revisions_know_neither_product_nor_facts(editor, mug):
    page = page_of(mug)
    edit_page(editor, page, as_json=True, title="Cup", slug="mug")
    for revision in page.revisions.all():
        assert not {"product", "unit_price", "inventory", "sku"} & set(revision.content)


def test_publishing_a_stale_draft_keeps_price_and_stock(publisher, mug):
    page = page_of(mug)
    edit_page(publisher, page, as_json=True, title="Cup", slug="cup")
    sell_meanwhile(mug)
    publish(publisher, page, title="Cup", slug="cup", description="For coffee.")
    assert facts(mug) == SOLD
    assert said(mug) == ("Cup", "cup", "For coffee.")


def test_publishing_copies_pictures_and_keeps_those_that_stay(publisher, mug):
    first, second, third = (make_picture() for _ in range(3))
    page = page_of(mug)
    publish(publisher, page, title="Mug", pictures=[(first, "Front"), (second, "")])
    kept = mug.images.get(picture=second).pk
    publish(publisher, page, title="Mug", **replace_pictures(page, (third, ""), (second, "Back")))
    shown = list(mug.images.values_list("picture", "caption", "position"))
    assert shown == [(third.pk, "", 0), (second.pk, "Back", 1)]
    assert mug.images.get(picture=second).pk == kept


def test_picture_that_stands_twice_is_shown_once(mug):
    first, second = make_picture(), make_picture()
    page = page_of(mug)
    page.pictures = [
        ProductPagePicture(picture=picture, caption=caption, sort_order=number)
        for number, (picture, caption) in enumerate([(first, "One"), (second, "Two"), (first, "Three")])
    ]
    page.save_revision().publish()
    shown = list(mug.images.values_list("picture", "caption", "position"))
    assert shown == [(first.pk, "One", 0), (second.pk, "Two", 1)]


def test_publishing_names_the_variants_too(publisher, mug):
    small = make_variant(mug, options={"Size": "S"}, unit_price="80.00", inventory=3)
    publish(publisher, page_of(mug), title="Cup", slug="cup", description="For coffee.")
    assert said(small) == ("Cup, S", "cup", "For coffee.")
    assert facts(small) == (Decimal("80.00"), 3, True)


def test_reverting_brings_back_words_only(publisher, mug):
    page = page_of(mug)
    old = page.latest_revision
    publish(publisher, page, title="Cup", slug="cup")
    sell_meanwhile(mug)
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    assert publisher.get(url).status_code == 200
    edit_page(publisher, page, title="Mug", slug="mug", revision=old.pk)
    assert said(mug)[0] == "Cup"
    publish(publisher, page, title="Mug", slug="mug", revision=old.pk)
    assert said(mug)[0] == "Mug"
    assert facts(mug) == SOLD


def test_scheduled_version_goes_live_with_todays_facts(publisher, mug):
    page = page_of(mug)
    soon = timezone.localtime(timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")
    publish(publisher, page, title="Cup", slug="cup", go_live_at=soon)
    sell_meanwhile(mug)
    call_command("publish_scheduled")
    assert said(mug)[0] == "Mug"
    a_minute_ago = timezone.now() - timedelta(minutes=1)
    revision = fresh(page).scheduled_revision
    revision.content["go_live_at"], revision.approved_go_live_at = a_minute_ago.isoformat(), a_minute_ago
    revision.save()
    publish_scheduled_pages()
    assert said(mug)[0] == "Cup"
    assert facts(mug) == SOLD


def test_expired_page_takes_product_and_variants_off_sale(mug):
    small = make_variant(mug)
    page = page_of(mug)
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()
    publish_scheduled_pages()
    assert (fresh(page).live, fresh(page).expired) == (False, True)
    assert facts(mug) == (Decimal("100.00"), 10, False)
    assert facts(small)[2] is False


def test_unpublishing_takes_off_sale_and_keeps_what_was_said(publisher, mug):
    page = page_of(mug)
    edit_page(publisher, page, title="Cup", slug="cup")
    publisher.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert facts(mug) == (Decimal("100.00"), 10, False)
    edit_page(publisher, page, title="A secret plan", slug="secret")
    assert said(mug) == ("Mug", "mug", "Holds tea.")


def test_unpublishing_in_bulk_takes_off_sale(publisher, mug):
    small = make_variant(mug)
    other = make_product(collection=mug.collection)
    bulk(publisher, "unpublish", page_of(mug), page_of(other))
    assert [facts(item)[2] for item in (mug, small, other)] == [False, False, False]
    bulk(publisher, "publish", page_of(mug))
    assert [facts(item)[2] for item in (mug, small, other)] == [True, True, False]


def test_unpublishing_a_collection_with_what_is_below(publisher, mug):
    bulk(publisher, "unpublish", mug.collection.page, include_descendants="on")
    assert facts(mug)[2] is False


def test_renaming_a_live_collection_waits_for_publishing(publisher, mug):
    page = mug.collection.page
    edit_page(publisher, page, title="Drinking", slug=page.slug)
    before = mug.collection.title
    mug.collection.refresh_from_db()
    assert mug.collection.title == before
    publish(publisher, page, title="Drinking", slug=page.slug)
    mug.collection.refresh_from_db()
    assert mug.collection.title == "Drinking"


def test_unpublished_collection_keeps_its_name(publisher, mug):
    page = mug.collection.page
    before = mug.collection.title
    publisher.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    edit_page(publisher, page, title="A secret plan", slug=page.slug)
    mug.collection.refresh_from_db()
    assert mug.collection.title == before


def test_collection_takes_no_slug_that_another_has(publisher, mug):
    add_collection(title="Elsewhere", slug="taken")
    page = mug.collection.page
    before = mug.collection.slug
    publish(publisher, page, title="Renamed", slug="taken")
    mug.collection.refresh_from_db()
    assert (mug.collection.title, mug.collection.slug, fresh(page).slug) == ("Renamed", before, "taken")


def test_edit_form_shows_todays_facts(publisher, mug):
    sell_meanwhile(mug)
    html = publisher.get(reverse("wagtailadmin_pages:edit", args=[page_of(mug).pk])).content.decode()
    assert 'value="120.00"' in html
    assert 'value="6"' in html
    assert 'data-seen="6"' in html


def test_preview_shows_the_draft_with_todays_facts(publisher, mug):
    page = page_of(mug)
    sell_meanwhile(mug)
    edit_page(publisher, page, title="Cup", slug="cup", pictures=[(make_picture(title="New"), "Newest")])
    response = publisher.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert response.context["page"].title == "Cup"
    assert response.context["price"] == Decimal("132.00")
    assert [picture.alt for picture in response.context["gallery"]] == ["Newest"]


def test_first_preview_of_an_unsaved_page(publisher, mug):
    url = reverse("wagtailadmin_pages:preview_on_add", args=["pages", "productpage", mug.collection.page.pk])
    assert publisher.post(url, fill_form(title="Cup")).json() == {"is_valid": True, "is_available": True}
    response = publisher.get(url)
    assert response.status_code == 200
    assert (response.context["page"].title, response.context["price"]) == ("Cup", Decimal("0.00"))
    assert (response.context["choices"], response.context["reviews"], response.context["for_sale"]) == (
        [],
        [],
        False,
    )
