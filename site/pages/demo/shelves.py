"""Puts collections, products, variants and reviews on the shelves: short transactions, so the shop stays usable."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from django.utils import timezone
from django.utils.html import escape

from database.transactions import entry_service
from pages.demo.catalogue import generate_collections
from pages.demo.pictures import paint_demo_picture
from pages.demo.specimens import DemoProduct, DemoVariant
from pages.demo.stored_pictures import insert_picture, paint_ahead, store_file
from pages.demo.weights import weigh_product
from pages.models import CollectionPage
from pages.services.collections import create_collection
from pages.services.products import ProductContent, find_lead, insert_product, insert_variant
from shop.models import Collection, Picture, Product, ProductImage, Review
from shop.services.products import ProductFacts

if TYPE_CHECKING:
    from pages.demo.seeding import Plan

T = TypeVar("T")
BATCH = 8  # leads in one transaction: well below a second


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def seed_collections(plan: "Plan") -> None:
    present = set(Collection.objects.values_list("slug", flat=True))
    collections = generate_collections()
    for collection in plan.progress.track("Collections", collections, len(collections)):
        if collection.slug not in present:
            create_collection(
                title=collection.title, slug=collection.slug, introduction=collection.introduction
            )


def seed_products(plan: "Plan") -> None:
    """The leads, oldest first, so that their ids count from 1 on an empty database."""
    present = set(Product.objects.values_list("sku", flat=True))
    missing = [product for product in plan.products if product.sku not in present]
    pages = dict(CollectionPage.objects.values_list("collection__slug", "pk"))
    with paint_ahead([picture for product in missing for picture in product.pictures]) as painted:
        tracked = plan.progress.track("Products", missing, len(missing))
        for batch in batched(tracked, BATCH):
            # Files first: the transaction below may be repeated, and holds the only writer while it runs.
            pictures = [
                [store_file(picture, next(painted)) for picture in product.pictures] for product in batch
            ]
            insert_leads(batch, pictures=pictures, pages=pages)


@entry_service
def insert_leads(
    products: Sequence[DemoProduct], *, pictures: Sequence[list[Picture]], pages: dict[str, int]
) -> None:
    # Read in each transaction: adding a child changes what the parent knows of its children.
    parents = CollectionPage.objects.in_bulk(pages[product.collection_slug] for product in products)
    for product, stored in zip(products, pictures, strict=True):
        parent = parents[pages[product.collection_slug]]
        content = describe(product, tuple(insert_picture(picture) for picture in stored))
        insert_product(content=content, facts=list_facts(product), parent=parent)


def describe(product: DemoProduct, pictures: tuple[Picture, ...]) -> ProductContent:
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in product.body)
    facts = "".join(
        f"<li><b>{escape(name)}:</b> {escape(value)}</li>" for name, value in product.specifications
    )
    return ProductContent(
        title=product.title,
        slug=product.slug,
        description=product.description,
        body=(("rich_text", f"{paragraphs}<h3>Specifications</h3><ul>{facts}</ul>"),),
        pictures=pictures,
    )


def list_facts(product: DemoProduct) -> ProductFacts:
    return ProductFacts(
        sku=product.sku,
        unit_price=product.unit_price,
        inventory=product.inventory,
        low_stock_threshold=product.low_stock_threshold,
        weight_grams=weigh_product(product),
        hsn_code=product.hsn_code,
        tags=product.tags,
        options=dict(product.options),
    )


def seed_variants(plan: "Plan") -> None:
    present = set(Product.objects.values_list("sku", flat=True))
    leads = [
        product for product in plan.products if any(item.sku not in present for item in product.variants)
    ]
    for product in plan.progress.track("Variants", leads, len(leads)):
        missing = [variant for variant in product.variants if variant.sku not in present]
        pictures = [
            [store_file(picture, paint_demo_picture(picture)) for picture in variant.pictures]
            for variant in missing
        ]
        insert_variants(product, variants=missing, pictures=pictures)


@entry_service
def insert_variants(
    product: DemoProduct, *, variants: Sequence[DemoVariant], pictures: Sequence[list[Picture]]
) -> None:
    lead = find_lead(Product.objects.values_list("pk", flat=True).get(sku=product.sku))
    for variant, stored in zip(variants, pictures, strict=True):
        facts = ProductFacts(
            sku=variant.sku,
            unit_price=variant.unit_price,
            inventory=variant.inventory,
            low_stock_threshold=product.low_stock_threshold,
            hsn_code=product.hsn_code,
            options=dict(variant.options),
        )
        made = insert_variant(lead=lead, facts=facts)
        for position, picture in enumerate(stored):
            ProductImage.objects.create(product=made, picture=insert_picture(picture), position=position)


def seed_reviews(plan: "Plan") -> None:
    """A product has all its reviews or none, so that a repeated step adds none twice."""
    reviewed = set(Review.objects.values_list("product__sku", flat=True))
    ids = dict(Product.objects.values_list("sku", "pk"))
    missing = [product for product in plan.products if product.reviews and product.sku not in reviewed]
    today = timezone.localdate()
    for batch in batched(plan.progress.track("Reviews", missing, len(missing)), 100):
        insert_reviews(batch, ids=ids, today=today)


@entry_service
def insert_reviews(products: Sequence[DemoProduct], *, ids: dict[str, int], today) -> None:
    for product in products:
        for review in product.reviews:
            made = Review.objects.create(
                product_id=ids[product.sku],
                name=review.name,
                rating=review.rating,
                description=review.description,
            )
            Review.objects.filter(pk=made.pk).update(date=today - timedelta(days=review.days_ago))
