"""The database itself refuses what no service writes."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from shop.models import Product, ProductImage, ProductOption, Review, StockMovement, Tag, TaxClass
from tests.factories.catalogue import make_item, make_picture, make_shelf
from tests.factories.sales import make_sale

pytestmark = pytest.mark.django_db


def refused(name: str):
    """The database names the constraint that refused."""
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({"unit_price": Decimal("-0.01"), "is_live": False}, "product_price_not_negative"),
        ({"unit_price": Decimal("0.99"), "is_live": True}, "product_on_sale_has_price"),
    ],
)
def test_product_refuses(columns, name):
    product = make_item()
    with refused(name), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(**columns)


def test_stock_never_falls_below_zero():
    product = make_item(inventory=1)
    # MariaDB names its unsigned column where it refuses first.
    with pytest.raises(Exception, match="inventory"), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(inventory=F("inventory") - 2)
    assert Product.objects.get(pk=product.pk).inventory == 1


def test_sku_is_taken_once():
    make_item(sku="LAMP-1")
    with refused("sku"), transaction.atomic():
        make_item(sku="LAMP-1")


def test_collection_slug_is_taken_once():
    make_shelf(title="Shelf")
    with refused("slug"), transaction.atomic():
        make_shelf(title="Other").__class__.objects.create(title="Third", slug="shelf")


def test_option_stands_once_in_a_product():
    product = make_item(options={"Size": "M"})
    with refused("option_once_per_product|shop_productoption"), transaction.atomic():
        ProductOption.objects.create(product=product, name="Size", value="L")


def test_picture_stands_once_in_a_product():
    product, picture = make_item(), make_picture()
    ProductImage.objects.create(product=product, picture=picture)
    with refused("picture_once_per_product|shop_productimage"), transaction.atomic():
        ProductImage.objects.create(product=product, picture=picture)


def test_tag_slug_is_taken_once():
    Tag.objects.create(name="Brass", slug="brass")
    with refused("slug"), transaction.atomic():
        Tag.objects.create(name="Brass!", slug="brass")


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({"delta": 0, "reason": "adjusted"}, "movement_moves_something"),
        ({"delta": 1, "reason": "stolen"}, "movement_reason_is_known"),
    ],
)
def test_movement_refuses(columns, name):
    with refused(name), transaction.atomic():
        StockMovement.objects.create(product=make_item(), **columns)


@pytest.mark.parametrize("rating", [0, 6])
def test_rating_outside_one_to_five_is_refused(rating):
    with refused("review_rating_in_range"), transaction.atomic():
        Review.objects.create(product=make_item(), name="Asha", description="Good", rating=rating)


@pytest.mark.parametrize("rating", [None, 1, 5])
def test_rating_from_one_to_five_or_none_is_kept(rating):
    review = Review.objects.create(product=make_item(), name="Asha", description="Good", rating=rating)
    assert Review.objects.get(pk=review.pk).rating == rating


@pytest.mark.parametrize("rate", ["-0.01", "100.01"])
def test_tax_class_outside_a_percentage_is_refused(rate):
    with refused("tax_class_rate_in_percent"), transaction.atomic():
        TaxClass.objects.create(name="Odd", rate=Decimal(rate))


def test_tax_class_name_is_taken_once():
    TaxClass.objects.create(name="Books", rate=5)
    with refused("name"), transaction.atomic():
        TaxClass.objects.create(name="Books", rate=6)


NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({"kind": "gift"}, "sale_kind_is_known"),
        ({"value": Decimal(0)}, "sale_value_positive"),
        ({"kind": "percent", "value": Decimal("100.01")}, "sale_percent_at_most_100"),
        ({"kind": "fixed", "value": Decimal("0.99")}, "sale_fixed_price_at_least_one"),
        ({"starts_at": NOON, "ends_at": NOON}, "sale_ends_after_start"),
    ],
)
def test_sale_refuses(columns, name):
    sale = make_sale()
    with refused(name), transaction.atomic():
        type(sale).objects.filter(pk=sale.pk).update(**columns)
