"""A hundred kept queries over the whole demo shop: the wanted product is among the first five, in ninety at least."""

import pytest

from pages.demo.catalogue import generate_collections, generate_products
from pages.demo.synonyms import seed_synonyms
from shop.models import Collection, Product, ProductOption
from shop.search.matching import find_matches
from shop.services.products import get_tags
from shop.services.search_index import rebuild_index
from tests.shop.search.queries import QUERIES

SHOWN = 5


@pytest.fixture
def _demo_shelves(transactional_db) -> None:
    """The demo shop's products without pages and pictures, which search does not read."""
    made = generate_products()
    shelves = {
        item.slug: Collection.objects.create(title=item.title, slug=item.slug)
        for item in generate_collections()
    }
    tags = {name: get_tags([name])[0] for name in sorted({name for item in made for name in item.tags})}
    Product.objects.bulk_create(
        Product(
            sku=item.sku,
            title=item.title,
            slug=item.slug,
            description=item.description,
            unit_price=item.unit_price,
            inventory=item.inventory,
            collection=shelves[item.collection_slug],
            is_live=True,
        )
        for item in made
    )
    ids = dict(Product.objects.values_list("sku", "pk"))
    through = Product.tags.through
    through.objects.bulk_create(
        through(product_id=ids[item.sku], tag=tags[name]) for item in made for name in item.tags
    )
    ProductOption.objects.bulk_create(
        ProductOption(product_id=ids[item.sku], name=name, value=value)
        for item in made
        for name, value in item.options
    )
    seed_synonyms(None)
    rebuild_index()


@pytest.mark.usefixtures("_demo_shelves")
def test_wanted_product_is_among_the_first_five_and_a_sku_is_first():
    missed = {}
    for text, wanted in QUERIES:
        found = find_matches(Product.objects.live().leads(), text).products
        titles = [product.title for product in found.order_by("-relevance", "title", "pk")[:SHOWN]]
        if not any(wanted.lower() in title.lower() for title in titles):
            missed[text] = titles
    for product in Product.objects.order_by("pk")[::300]:
        found = find_matches(Product.objects.live().leads(), f" {product.sku.lower()} ").products
        assert found.order_by("-relevance", "title", "pk").first() == product
    assert len(QUERIES) == 100
    assert len(missed) <= 10, "\n".join(f"{text}: {titles}" for text, titles in missed.items())
