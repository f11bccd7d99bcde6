"""Products that editors make in the admin."""

from decimal import Decimal

import pytest
from django.urls import reverse

from pages.models import CollectionPage, ProductPage
from shop.models import Collection, Product, ProductImage, StockMovement
from tests.factories.catalogue import make_picture
from tests.pages.editing import add_page, edit_page, fresh, newest_product_page, publish

pytestmark = pytest.mark.django_db


def facts_of(product: Product) -> tuple:
    return product.unit_price, product.inventory, product.is_live


def test_autosave_of_a_new_page_makes_its_product_unpriced_and_unsold(editor, shelf):
    response = add_page(editor, shelf, as_json=True, title="Blue mug")
    page = newest_product_page()
    assert (response.json()["success"], response.json()["pk"]) == (True, page.pk)
    assert (page.title, page.slug, page.live) == ("Blue mug", "blue-mug", False)
    product = page.product
    assert (product.title, product.slug, product.collection_id) == (
        "Blue mug",
        "blue-mug",
        shelf.collection_id,
    )
    assert facts_of(product) == (Decimal(0), 0, False)
    assert StockMovement.objects.count() == 0


def test_autosave_without_a_title_makes_nothing(editor, shelf):
    response = add_page(editor, shelf, as_json=True)
    assert response.json()["success"] is False
    assert (ProductPage.objects.count(), Product.objects.count()) == (0, 0)


@pytest.mark.parametrize("as_json", [False, True])
def test_draft_is_made_once_with_everything_typed(editor, shelf, as_json):
    picture = make_picture(title="Front")
    add_page(
        editor,
        shelf,
        as_json=as_json,
        title="Blue mug",
        description="Holds tea.",
        texts=[("rich_text", "<p>Fired twice.</p>")],
        pictures=[(picture, "From the front")],
    )
    page = ProductPage.objects.get()
    assert (page.product.description, Product.objects.count()) == ("Holds tea.", 1)
    assert [(item.picture, item.caption) for item in page.pictures.all()] == [(picture, "From the front")]
    assert ProductImage.objects.count() == 0


def test_failure_while_the_page_is_inserted_leaves_no_product(editor, shelf, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("modelcluster.models.ClusterableModel.save", fail)
    with pytest.raises(RuntimeError, match="the disk is full"):
        add_page(editor, shelf, as_json=True, title="Blue mug")
    assert (ProductPage.objects.count(), Product.objects.count()) == (0, 0)


def test_published_without_a_price_it_is_not_for_sale(publisher, shelf):
    add_page(publisher, shelf, title="Blue mug", **{"action-publish": "1"})
    page = newest_product_page()
    assert page.live
    assert facts_of(page.product) == (Decimal(0), 0, False)


def test_editor_who_may_not_publish_makes_a_draft(editor, shelf):
    add_page(editor, shelf, title="Blue mug", **{"action-publish": "1"})
    assert newest_product_page().live is False


def test_title_in_another_script_still_makes_a_product(editor, shelf):
    add_page(editor, shelf, title="नीला मग")
    page = newest_product_page()
    assert (page.product.title, page.product.slug) == ("नीला मग", page.slug)


def test_never_published_product_follows_its_draft(editor, shelf):
    response = add_page(editor, shelf, as_json=True, title="Bl")
    edit_page(editor, newest_product_page(), as_json=True, title="Blue mug")
    assert response.json()["pk"] == newest_product_page().pk
    product = Product.objects.get()
    assert (product.title, product.slug) == ("Blue mug", "blue-mug")


def test_collection_is_made_and_renamed_with_its_page(publisher, home):
    add_page(publisher, home, kind="collectionpage", title="Garden", introduction="Green things.")
    page = CollectionPage.objects.get()
    assert (page.collection.title, page.collection.slug, page.live) == ("Garden", "garden", False)
    publish(publisher, page, title="Garden and balcony", slug="balcony")
    collection = Collection.objects.get()
    assert (collection.title, collection.slug) == ("Garden and balcony", "balcony")
    assert fresh(page).live


def test_add_form_shows_the_facts_panel(editor, shelf):
    url = reverse("wagtailadmin_pages:add", args=["pages", "productpage", shelf.pk])
    html = editor.get(url).content.decode()
    assert 'data-url="/admin/products/0/facts/"' in html
    assert 'name="unit_price"' not in html
    assert 'name="inventory"' not in html
