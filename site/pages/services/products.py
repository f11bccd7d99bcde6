"""The one door that makes and changes products: page editor, API, import and seed all come through here."""

from dataclasses import dataclass, replace
from typing import Any

from wagtail.actions.move_page import MovePageAction

from database.transactions import entry_service
from pages.models import CollectionPage, ProductPage, ProductPagePicture
from pages.services.archive import is_ordered
from pages.services.publishing import add_live_page, publish_content
from pages.services.slugs import find_free_slug, make_slug
from shop.models import Picture, Product
from shop.services.announcements import announce_removal
from shop.services.prices import change_price
from shop.services.products import ProductFacts, add_product, variant_title
from shop.services.stock import adjust_stock

CONTENT_FIELDS = ("title", "slug", "description")


class ProductOrdered(Exception):
    """The product stands in an order, so it cannot be deleted."""


@dataclass(frozen=True)
class ProductContent:
    """What a new product's page says; without a slug one is made of the title."""

    title: str
    slug: str = ""
    description: str = ""
    body: tuple[tuple[str, Any], ...] = ()
    pictures: tuple[Picture, ...] = ()


@entry_service
def create_product(*, content: ProductContent, facts: ProductFacts, collection_id: int, user=None) -> Product:
    """Make a product with its live page, in one transaction. Raises `CollectionPage.DoesNotExist`."""
    return insert_product(content=content, facts=facts, parent=lock_parent(collection_id), user=user).product


def lock_parent(collection_id: int) -> CollectionPage:
    """The collection's page; locked, because two children inserted at once would take the same place."""
    return CollectionPage.objects.select_for_update().get(collection_id=collection_id)


def insert_product(
    *, content: ProductContent, facts: ProductFacts, parent: CollectionPage, user=None
) -> ProductPage:
    """The inside of `create_product`, for callers that make many in one transaction."""
    slug = make_slug(title=content.title, slug=content.slug, otherwise="product")
    page = ProductPage(
        title=content.title,
        slug=find_free_slug(slug, parents=(parent,)),
        description=content.description,
        body=list(content.body),
        owner=user,
    )
    page.new_facts = facts
    page.pictures = [
        ProductPagePicture(picture=picture, sort_order=order)
        for order, picture in enumerate(content.pictures)
    ]
    add_live_page(page=page, parent=parent, user=user)
    return page


@entry_service
def create_variant(*, lead_id: int, facts: ProductFacts) -> Product:
    """Make a size or colour of a product: a product of its own that its lead's page offers.

    Asked of a variant, it makes a sibling. Raises `Product.DoesNotExist`.
    """
    asked = Product.objects.get(pk=lead_id)
    return insert_variant(lead=find_lead(asked.lead_id), facts=facts)


def find_lead(product_id: int) -> Product:
    return Product.objects.select_related("collection", "page").get(pk=product_id)


def insert_variant(*, lead: Product, facts: ProductFacts) -> Product:
    """The inside of `create_variant`; `lead` as `find_lead` reads it. Without a weight it weighs what its lead does."""
    return add_product(
        facts=replace(facts, weight_grams=facts.weight_grams or lead.weight_grams),
        title=variant_title(lead.title, list(facts.options.values())),
        slug=lead.slug,
        description=lead.description,
        collection=lead.collection,
        is_live=lead.page.live,
        variant_of=lead,
    )


@entry_service
def update_product(*, product_id: int, changes: dict[str, Any], user=None) -> Product:
    """Change a product as the API does: content through a published revision, facts at once.

    `changes` may hold title, slug, description, unit_price, inventory and collection_id; a variant's content
    is its lead's and stays. Raises `Product.DoesNotExist` and `CollectionPage.DoesNotExist`.
    """
    product = Product.objects.select_for_update().get(pk=product_id)
    content = {name: changes[name] for name in CONTENT_FIELDS if name in changes}
    if content and product.variant_of_id is None:
        change_content(product_id=product.pk, content=content, user=user)
    if changes.get("collection_id", product.collection_id) != product.collection_id:
        change_collection(product_id=product.lead_id, collection_id=changes["collection_id"], user=user)
    product.refresh_from_db()
    if "unit_price" in changes:
        page_is_live = ProductPage.objects.get(product_id=product.lead_id).live
        change_price(product=product, unit_price=changes["unit_price"], page_is_live=page_is_live, user=user)
    if "inventory" in changes:
        adjust_stock(product_id=product.pk, delta=changes["inventory"] - product.inventory, user=user)
    product.refresh_from_db()
    return product


def change_content(*, product_id: int, content: dict[str, str], user) -> None:
    page = ProductPage.objects.get(product_id=product_id)
    if "slug" in content:
        content = {
            **content,
            "slug": find_free_slug(content["slug"], parents=(page.get_parent(),), page=page),
        }
    publish_content(page=page, content=content, user=user)


def change_collection(*, product_id: int, collection_id: int, user) -> None:
    """Move the page; the product and its variants follow it."""
    page = ProductPage.objects.get(product_id=product_id)
    parent = lock_parent(collection_id)
    slug = find_free_slug(page.slug, parents=(page.get_parent(), parent), page=page)
    if slug != page.slug:
        publish_content(page=page, content={"slug": slug}, user=user)
        page = ProductPage.objects.get(pk=page.pk)
    MovePageAction(page, parent, pos="last-child", user=user).execute(skip_permission_checks=True)


@entry_service
def delete_product(*, product_id: int, user=None) -> None:
    """Delete a product that was never ordered, and its page. Raises `ProductOrdered`, `Product.DoesNotExist`."""
    product = Product.objects.select_for_update().get(pk=product_id)
    if is_ordered(product):
        raise ProductOrdered
    if product.variant_of_id:
        announce_removal(Product.objects.filter(pk=product.pk))
        product.delete()
    else:
        ProductPage.objects.get(product=product).delete(user=user, skip_permission_checks=True)
