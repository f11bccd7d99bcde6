"""Rows of what is sold. Inner services: `pages.services.products` is the one door that calls them."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypedDict, Unpack

from django.utils.text import slugify

from shop.enums import StockReason
from shop.models import Collection, Product, ProductOption, StockMovement, Tag, TaxClass
from shop.services.announcements import announce_change, announcing_changes
from shop.services.search_index import index_products

SKU_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0, 1, O and I, which people misread


@dataclass(frozen=True)
class ProductFacts:
    """What is known of a product besides its content. `unit_price` in rupees, as typed; options name → value."""

    unit_price: Decimal = Decimal(0)
    inventory: int = 0
    sku: str = ""
    low_stock_threshold: int = 5
    weight_grams: int = 0
    hsn_code: str = ""
    tax_class_id: int | None = None
    tags: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)


class OtherFacts(TypedDict, total=False):
    """Facts beside price and stock; a tax class of None means the shop's own rate."""

    tax_class: TaxClass | None
    hsn_code: str
    weight_grams: int
    low_stock_threshold: int


def make_sku() -> str:
    return "H-" + "".join(secrets.choice(SKU_ALPHABET) for _ in range(8))


def add_product(
    *,
    facts: ProductFacts,
    title: str,
    slug: str,
    collection: Collection,
    description: str = "",
    is_live: bool = False,
    variant_of: Product | None = None,
) -> Product:
    """Insert a product, its first stock movement, tags and options."""
    product = Product.objects.create(
        sku=facts.sku or make_sku(),
        title=title,
        slug=slug,
        description=description,
        unit_price=facts.unit_price,
        inventory=facts.inventory,
        low_stock_threshold=facts.low_stock_threshold,
        weight_grams=facts.weight_grams,
        hsn_code=facts.hsn_code,
        choice=", ".join(facts.options.values())[:160],
        tax_class_id=facts.tax_class_id,
        collection=collection,
        variant_of=variant_of,
        is_live=is_live and facts.unit_price >= 1,
    )
    if facts.inventory:
        StockMovement.objects.create(product=product, delta=facts.inventory, reason=StockReason.INITIAL)
    if facts.tags:
        product.tags.set(get_tags(facts.tags))
    ProductOption.objects.bulk_create(
        ProductOption(product=product, name=name, value=value, position=position)
        for position, (name, value) in enumerate(facts.options.items())
    )
    index_products([product.lead_id])
    announce_change(product_id=product.pk)
    return product


def get_tags(names: Iterable[str]) -> list[Tag]:
    """The tags of these names, made where they are missing."""
    return [Tag.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0] for name in names]


def copy_content(
    *, product: Product, title: str, slug: str, description: str, collection_id: int, is_live: bool
) -> None:
    """Write what the product's page now says to the product and its variants.

    Only these columns are written: price and stock are facts and never pass through a page.
    """
    content = {"slug": slug, "description": description, "collection_id": collection_id}
    update_columns(product, title=title, is_live=is_live and product.unit_price >= 1, **content)
    # In the order in which orders take their stock: two that lock in different orders wait for each other.
    for variant in product.variants.order_by("pk").prefetch_related("options"):
        update_columns(
            variant,
            title=variant_title(title, [option.value for option in variant.options.all()]),
            is_live=is_live and variant.unit_price >= 1 and variant.archived_at is None,
            **content,
        )
    index_products([product.pk])


def update_columns(product: Product, **columns) -> None:
    was_live = product.is_live
    for name, value in columns.items():
        setattr(product, name, value)
    product.save(update_fields=[*columns, "last_update"])
    announce_change(product_id=product.pk, was_live=was_live)


def variant_title(lead_title: str, values: list[str]) -> str:
    """The title of a variant in carts, orders and mails: the lead's with what tells it apart."""
    return f"{lead_title}, {', '.join(values)}"[:255] if values else lead_title


# What a variant has in common with its lead, as long as nobody gave it one of its own.
SHARED_FACTS = ("weight_grams", "tax_class", "hsn_code")


def change_others(*, product: Product, **facts: Unpack[OtherFacts]) -> None:
    """Set those facts that are named, also for the variants that shared the old one."""
    columns = {name: value for name, value in facts.items() if value != getattr(product, name)}
    for name in SHARED_FACTS:
        if name in columns:
            sharing = product.variants.filter(**{name: getattr(product, name)})
            with announcing_changes(sharing):
                sharing.update(**{name: columns[name]})
    if columns:
        update_columns(product, **columns)
