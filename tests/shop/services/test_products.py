from decimal import Decimal

import pytest

from shop.models import Product, Tag
from shop.services.products import (
    SKU_ALPHABET,
    ProductFacts,
    add_product,
    copy_content,
    get_tags,
    make_sku,
    variant_title,
)
from tests.factories.catalogue import make_item, make_shelf, make_tax_class

pytestmark = pytest.mark.django_db


def test_made_sku_has_no_letters_that_people_misread():
    skus = {make_sku() for _ in range(200)}
    assert len(skus) == 200
    assert all(sku.startswith("H-") and len(sku) == 10 and set(sku[2:]) <= set(SKU_ALPHABET) for sku in skus)
    assert not set("01OI") & set(SKU_ALPHABET)


def test_new_product_has_all_its_facts():
    tax_class, shelf = make_tax_class(), make_shelf()
    facts = ProductFacts(
        unit_price=Decimal("499.50"),
        inventory=12,
        sku="LAMP-1",
        low_stock_threshold=3,
        hsn_code="9405",
        tax_class_id=tax_class.pk,
        tags=("Gift idea", "Brass"),
        options={"Size": "M", "Colour": "Teal"},
    )
    lamp = add_product(
        facts=facts, title="Lamp", slug="lamp", collection=shelf, description="It glows.", is_live=True
    )
    saved = Product.objects.get(pk=lamp.pk)
    assert (saved.sku, saved.title, saved.slug, saved.description) == ("LAMP-1", "Lamp", "lamp", "It glows.")
    assert (saved.unit_price, saved.inventory, saved.low_stock_threshold) == (Decimal("499.50"), 12, 3)
    assert (saved.hsn_code, saved.tax_class, saved.collection) == ("9405", tax_class, shelf)
    assert (saved.is_live, saved.variant_of, saved.archived_at) == (True, None, None)
    assert [(tag.name, tag.slug) for tag in saved.tags.all()] == [
        ("Brass", "brass"),
        ("Gift idea", "gift-idea"),
    ]
    assert [(o.name, o.value, o.position) for o in saved.options.all()] == [
        ("Size", "M", 0),
        ("Colour", "Teal", 1),
    ]


def test_new_product_without_a_price_is_not_on_sale_yet():
    product = add_product(
        facts=ProductFacts(inventory=1), title="Lamp", slug="lamp", collection=make_shelf(), is_live=True
    )
    assert not product.is_live
    assert product.sku.startswith("H-")


def test_new_product_of_one_rupee_is_on_sale():
    assert make_item(unit_price="1.00").is_live


def test_tags_are_found_by_slug_before_they_are_made():
    brass = Tag.objects.create(name="Brass", slug="brass")
    assert get_tags(["BRASS", "New"]) == [brass, Tag.objects.get(name="New", slug="new")]
    assert Tag.objects.count() == 2


def test_variant_is_called_after_its_lead_and_what_tells_it_apart():
    assert variant_title("Kurta", ["M", "Indigo"]) == "Kurta, M, Indigo"
    assert variant_title("Kurta", []) == "Kurta"
    assert len(variant_title("K" * 250, ["Extra large"])) == 255


def test_content_is_copied_and_facts_stay():
    product, other = make_item(unit_price="80.00", inventory=4), make_shelf(title="Other")
    Product.objects.filter(pk=product.pk).update(inventory=3)  # sold since the editor opened the page
    copy_content(
        product=product, title="New", slug="new", description="Words", collection_id=other.pk, is_live=True
    )
    saved = Product.objects.get(pk=product.pk)
    assert (saved.title, saved.slug, saved.description, saved.collection) == ("New", "new", "Words", other)
    assert (saved.inventory, saved.unit_price, saved.is_live) == (3, Decimal("80.00"), True)


def test_content_of_a_lead_reaches_its_variants():
    lead = make_item(title="Kurta", slug="kurta")
    small = make_item(variant_of=lead, options={"Size": "S"})
    archived = make_item(variant_of=lead, options={"Size": "XXL"})
    unpriced = make_item(variant_of=lead, unit_price="0.00")
    Product.objects.filter(pk=archived.pk).update(archived_at="2026-01-01T00:00:00Z", is_live=False)
    copy_content(
        product=lead,
        title="Shirt",
        slug="shirt",
        description="Cotton",
        collection_id=lead.collection_id,
        is_live=True,
    )
    rows = Product.objects.filter(variant_of=lead).order_by("pk").values_list("title", "slug", "is_live")
    assert list(rows) == [
        ("Shirt, S", "shirt", True),
        ("Shirt, XXL", "shirt", False),
        ("Shirt", "shirt", False),
    ]
    assert small.pk < archived.pk < unpriced.pk


def test_content_that_goes_offline_takes_the_variants_along():
    lead = make_item()
    variant = make_item(variant_of=lead)
    copy_content(
        product=lead, title="T", slug="t", description="", collection_id=lead.collection_id, is_live=False
    )
    assert not Product.objects.live().filter(pk__in=[lead.pk, variant.pk]).exists()
