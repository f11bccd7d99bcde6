"""A copied page has a product of its own; an alias, which could not, is refused."""

from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction

from pages.models import AliasRefused, CollectionPage, ProductPage
from shop.models import Collection, Product
from tests.factories.catalogue import make_collection, make_picture, make_product, make_tax_class, page_of
from tests.pages.editing import copy_page, edit_page, newest_product_page

pytestmark = pytest.mark.django_db


def make_source(**fields) -> Product:
    return make_product(
        title="Mug",
        unit_price="250.00",
        inventory=12,
        sku="MUG-1",
        hsn_code="6912",
        low_stock_threshold=3,
        tags=("gift", "new"),
        options={"Size": "L"},
        tax_class_id=make_tax_class().pk,
        **fields,
    )


def test_copy_has_the_facts_but_neither_stock_nor_sku(publisher):
    source = make_source(pictures=[make_picture()])
    copy_page(publisher, page_of(source), slug="cup", title="Cup")
    copy = newest_product_page().product
    assert copy.pk != source.pk
    assert (copy.title, copy.slug, copy.inventory, copy.is_live) == ("Cup", "cup", 0, False)
    assert copy.sku.startswith("H-")
    same = ("unit_price", "hsn_code", "low_stock_threshold", "tax_class_id", "collection_id")
    assert [getattr(copy, name) for name in same] == [getattr(source, name) for name in same]
    assert copy.unit_price == Decimal("250.00")
    assert sorted(copy.tags.values_list("slug", flat=True)) == ["gift", "new"]
    assert list(copy.options.values_list("name", "value")) == [("Size", "L")]
    assert newest_product_page().pictures.count() == 1
    source.refresh_from_db()
    assert (source.inventory, source.sku, source.page.pk) == (12, "MUG-1", page_of(source).pk)


def test_copy_published_at_once_is_on_sale_and_sold_out(publisher):
    picture = make_picture()
    source = make_source(pictures=[picture])
    copy_page(publisher, page_of(source), slug="cup", publish_copies="on")
    copy = newest_product_page()
    assert (copy.live, copy.product.is_live, copy.product.inventory) == (True, True, 0)
    assert [image.picture for image in copy.product.images.all()] == [picture]


def test_editor_copies_into_another_collection(editor):
    source, target = make_source(), make_collection()
    copy_page(editor, page_of(source), slug="cup", to=target.page)
    assert newest_product_page().product.collection == target


def test_revisions_of_a_copy_never_lead_to_the_source(publisher):
    source = make_source()
    edit_page(publisher, page_of(source), title="Draft", slug="mug")
    copy_page(publisher, page_of(source), slug="cup")
    copy = newest_product_page()
    assert copy.revisions.count() == 3
    for revision in copy.revisions.all():
        assert "product" not in revision.content
        assert revision.as_object().product_id == copy.product_id


def test_old_revision_that_names_a_product_is_not_believed():
    first, second = make_source(), make_product()
    revision = page_of(first).latest_revision
    revision.content["product"] = second.pk
    assert revision.as_object().product_id == first.pk
    revision.content["product"] = 999_999
    assert revision.as_object().product_id == first.pk


def test_collection_is_copied_with_its_products():
    source = make_source(collection=make_collection(title="Kitchen"))
    copied = CopyPageAction(
        source.collection.page.specific,
        recursive=True,
        keep_live=True,
        update_attrs={"title": "Pantry", "slug": "pantry"},
    ).execute()
    page = ProductPage.objects.child_of(copied).get()
    assert Collection.objects.get(title="Pantry").page.pk == copied.pk
    assert (page.product.collection.title, page.product.inventory, page.product.is_live) == (
        "Pantry",
        0,
        True,
    )
    assert Product.objects.count() == 2


def test_copy_form_offers_no_alias(publisher):
    for page in (page_of(make_source()), make_collection().page):
        form = publisher.get(reverse("wagtailadmin_pages:copy", args=[page.pk])).context["form"]
        assert "alias" not in form.fields
        assert "publish_copies" in form.fields


def test_alias_is_refused_with_a_sentence():
    product = make_source()
    before = ProductPage.objects.count(), Product.objects.count(), CollectionPage.objects.count()
    for page in (page_of(product), product.collection.page):
        with pytest.raises(AliasRefused) as refusal:
            CreatePageAliasAction(page, recursive=True, update_slug="alias").execute()
        assert refusal.value.messages == [
            "A product or a collection has one page: copy it instead of making an alias."
        ]
    assert (ProductPage.objects.count(), Product.objects.count(), CollectionPage.objects.count()) == before
