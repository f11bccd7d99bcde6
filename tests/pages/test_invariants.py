"""Each check finds its damage, in words."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from pages.models import CollectionPage, ProductPage
from pages.services.invariants import CHECKS
from shop.models import Collection, Product
from tests.factories.catalogue import (
    make_collection,
    make_item,
    make_product,
    make_shelf,
    make_variant,
    page_of,
)

pytestmark = pytest.mark.django_db


def run(capsys) -> tuple[int, list[str]]:
    try:
        call_command("check_invariants", no_color=True)
        status = 0
    except SystemExit as stop:
        status = stop.code
    return status, capsys.readouterr().out.splitlines()


def spoil(product: Product, **columns) -> None:
    Product.objects.filter(pk=product.pk).update(**columns)


def spoil_page(product: Product, **columns) -> None:
    ProductPage.objects.filter(product=product).update(**columns)


def miss_page() -> str:
    return f"Product {make_item(collection=make_collection()).pk}: has no page."


def miss_collection_page() -> str:
    return f"Collection {make_shelf().pk}: has no page."


def differ(**columns) -> Callable[[], str]:
    def damage() -> str:
        product = make_product()
        spoil(product, **columns)
        return f"Product {product.pk}: its live page says something else."

    return damage


def misname_collection() -> str:
    collection = make_collection()
    Collection.objects.filter(pk=collection.pk).update(title="Other")
    return f"Collection {collection.pk}: its live page has another title."


def misplace_variant() -> str:
    variant = make_variant(make_product())
    spoil(variant, collection=make_collection())
    return f"Product {variant.pk}: stands in another collection than its lead."


def nest_variant() -> str:
    first = make_variant(make_product())
    second = make_variant(first)
    spoil(second, variant_of=first)
    return f"Product {second.pk}: is a variant of a variant."


def hide_page() -> str:
    product = make_product()
    spoil_page(product, live=False)
    return f"Product {product.pk}: on sale, but its page is not live."


def archive_quietly() -> str:
    product = make_product()
    spoil(product, archived_at=timezone.now())
    return f"Product {product.pk}: on sale, but archived."


def take_off_quietly() -> str:
    product = make_product()
    spoil(product, is_live=False)
    return f"Product {product.pk}: its page is live, but it is not on sale."


def take_variant_off_quietly() -> str:
    variant = make_variant(make_product())
    spoil(variant, is_live=False)
    return f"Product {variant.pk}: its page is live, but it is not on sale."


@pytest.mark.parametrize(
    "damage",
    [
        miss_page,
        miss_collection_page,
        differ(title="Other"),
        differ(slug="other"),
        differ(description="Other"),
        misname_collection,
        misplace_variant,
        nest_variant,
        hide_page,
        archive_quietly,
        take_off_quietly,
        take_variant_off_quietly,
    ],
)
def test_damage_is_found(capsys, damage):
    make_variant(make_product())
    sentence = damage()
    assert run(capsys) == (1, [sentence])


def test_lost_stock_is_found_in_the_ledger_and_in_the_balance(capsys):
    product = make_product(inventory=10)
    spoil(product, inventory=9)
    assert run(capsys) == (
        1,
        [
            f"Product {product.pk}: inventory 9, movements 10.",
            f"Product {product.pk}: 10 came, 9 on hand, 0 held, 0 sold, 0 returned.",
        ],
    )


def test_variant_of_a_hidden_page_is_found_with_its_lead(capsys):
    product = make_product()
    variant = make_variant(product)
    spoil_page(product, live=False)
    assert run(capsys) == (
        1,
        [f"Product {item.pk}: on sale, but its page is not live." for item in (product, variant)],
    )


def test_page_in_another_collection_is_found(capsys):
    product = make_product()
    spoil(product, collection=make_collection())
    assert run(capsys) == (1, [f"Product {product.pk}: its page stands in another collection."])


def test_whole_shop_is_well(capsys):
    make_variant(make_product())
    make_product(unit_price="0.00")
    draft = make_product()
    page_of(draft).unpublish()
    page_of(draft).save_revision()
    assert CollectionPage.objects.count() == 3
    assert run(capsys) == (0, [f"{len(CHECKS)} checks, nothing is off."])


def test_unknown_option_is_refused():
    with pytest.raises(CommandError):
        call_command("check_invariants", "--repair")
