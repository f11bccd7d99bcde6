from decimal import Decimal

import pytest

from checkout.services.expiry import expire_order
from database.transactions import entry_service
from notifications.models.webhook import forget_listened
from shop.models import Product
from shop.services.announcements import announce_change
from shop.services.prices import change_price
from shop.services.products import change_others
from shop.services.stock import adjust_stock, correct_stock
from tests.factories.catalogue import make_item, make_tax_class
from tests.factories.orders import make_order
from tests.factories.webhooks import list_events, make_endpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def listen():
    def add(*kinds: str) -> None:
        make_endpoint(*kinds)

    return add


def listed(*names: str) -> list[tuple]:
    return [tuple(data[name] for name in names) for _kind, data in list_events()]


def test_stock_that_falls_to_the_threshold_is_low(listen):
    lamp = make_item(title="Lamp", sku="LAMP", inventory=8, low_stock_threshold=5, unit_price="71.88")
    listen("stock.low")
    make_order((lamp, 2))
    assert list_events() == []
    make_order((lamp, 1))
    lamp.refresh_from_db()
    ((kind, data),) = list_events()
    assert kind == "stock.low"
    assert data == {
        "id": lamp.pk,
        "sku": "LAMP",
        "title": "Lamp",
        "slug": lamp.slug,
        "unit_price": 71.88,
        "inventory": 5,
        "collection": lamp.collection_id,
        "variant_of": None,
        "is_live": True,
        "low_stock_threshold": 5,
    }


def test_low_stock_is_told_once_for_each_fall(listen):
    lamp = make_item(inventory=6, low_stock_threshold=5)
    listen("stock.low")
    first = make_order((lamp, 1))
    make_order((lamp, 1))
    assert listed("inventory") == [(5,)]
    expire_order(order_id=first.pk, now=first.expires_at)
    adjust_stock(product_id=lamp.pk, delta=1)
    make_order((lamp, 6))
    assert listed("inventory") == [(5,), (0,)]


def test_each_product_of_an_order_is_low_for_itself(listen):
    lamp, cup, plate = (make_item(inventory=count, low_stock_threshold=5) for count in (6, 60, 9))
    listen("stock.low")
    make_order((lamp, 1), (cup, 1), (plate, 9))
    assert listed("id", "inventory") == [(lamp.pk, 5), (plate.pk, 0)]


def test_staff_who_take_stock_off_make_it_low(listen):
    lamp = make_item(inventory=9, low_stock_threshold=5)
    listen("stock.low")
    correct_stock(product_id=lamp.pk, seen=9, counted=4)
    adjust_stock(product_id=lamp.pk, delta=5)
    adjust_stock(product_id=lamp.pk, delta=-4)
    assert listed("inventory") == [(4,), (5,)]


def test_facts_that_change_are_announced(listen):
    lamp, books = make_item(inventory=20, unit_price="100.00"), make_tax_class()
    listen("product.changed")
    change_price(product=lamp, unit_price=Decimal("90.50"), page_is_live=True)
    correct_stock(product_id=lamp.pk, seen=20, counted=30)
    change_others(product=lamp, tax_class=books)
    change_others(product=lamp, tax_class=books)
    assert listed("unit_price", "inventory") == [(90.5, 20), (90.5, 30), (90.5, 30)]


def test_order_is_no_change_of_its_products(listen):
    lamp = make_item()
    listen("product.changed")
    make_order((lamp, 1))
    assert list_events() == []


def test_steps_of_one_service_are_one_change(listen):
    lamp, cup = make_item(inventory=20, unit_price="100.00"), make_item()
    listen("product.changed")

    @entry_service
    def change_much() -> None:
        correct_stock(product_id=lamp.pk, seen=20, counted=30)
        announce_change(product_id=cup.pk)
        change_price(product=Product.objects.get(pk=lamp.pk), unit_price=Decimal(50), page_is_live=True)

    change_much()
    assert listed("id", "unit_price", "inventory") == [(lamp.pk, 50.0, 30), (cup.pk, 100.0, 10)]


def test_product_that_is_not_on_sale_is_nobodys_business(listen):
    hidden = make_item(is_live=False)
    listen("product.changed")
    change_price(product=hidden, unit_price=Decimal(50), page_is_live=False)
    adjust_stock(product_id=hidden.pk, delta=1)
    assert list_events() == []


def test_product_that_leaves_the_shop_is_told(listen):
    lamp = make_item()
    listen("product.changed")
    change_price(product=lamp, unit_price=Decimal(50), page_is_live=False)
    assert listed("is_live") == [(False,)]


def test_nothing_is_read_where_nobody_listens(count_queries, listen):
    lamp = make_item()
    listen("order.paid")
    forget_listened()
    announce_change(product_id=lamp.pk)
    with count_queries() as counted:
        announce_change(product_id=lamp.pk)
    assert len(counted) == 0
