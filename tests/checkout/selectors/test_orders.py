from decimal import Decimal

import pytest
from django.core import signing

from checkout.models import Order
from checkout.selectors.orders import (
    find_order_by_token,
    list_orders,
    make_order_token,
    order_path,
    show_order,
)
from shop.models import Product, ProductImage
from shop.pricing import Totals
from tests.factories.catalogue import make_item, make_picture
from tests.factories.orders import make_order, make_paid_order
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db


def test_order_is_shown_as_it_was_placed():
    lamp = make_item(title="Lamp", sku="LAMP-1", unit_price="99.95")
    order = make_order((lamp, 2), email="asha@example.com")
    Product.objects.filter(pk=lamp.pk).update(title="Torch", unit_price=1)
    shown = show_order(order, items=order.items.all())
    assert (shown.number, shown.status, shown.status_label) == (
        str(order.pk),
        "placed",
        "Waiting for payment",
    )
    assert (shown.email, shown.name) == ("asha@example.com", "Asha Rao")
    assert (shown.placed_at, shown.expires_at) == (order.placed_at, order.expires_at)
    assert shown.address_lines == order.address_lines
    (line,) = shown.lines
    assert (line.title, line.sku, line.quantity) == ("Lamp", "LAMP-1", 2)
    assert (line.unit_price, line.line_total, line.picture) == (Decimal("109.95"), Decimal("219.90"), None)
    zero = Decimal("0.00")
    assert shown.totals == Totals(
        subtotal=Decimal("219.90"),
        shipping=zero,
        discount=zero,
        tax=Decimal("20.00"),
        total=Decimal("219.90"),
        count=2,
    )


@pytest.mark.parametrize("count", [1, 3])
def test_order_with_pictures_costs_two_queries_more(count, count_queries):
    lamp = make_item()
    ProductImage.objects.create(product=lamp, picture=make_picture(title="Lamp"))
    order = make_order((lamp, 1), *((make_item(), 1) for _ in range(count - 1)))
    with count_queries(1):
        show_order(order, items=order.items.all())
    with count_queries(3):
        shown = show_order(order, items=order.items.select_related("product"), with_pictures=True)
    assert shown.lines[0].picture.alt == "Lamp"


def test_guest_finds_the_order_by_its_token():
    order = make_order()
    token = make_order_token(order)
    assert find_order_by_token(token) == order
    assert order_path(order) == f"/order/{token}/"


def test_token_needs_both_the_key_and_the_secret(settings):
    order = make_order()
    token = make_order_token(order)
    forged = signing.Signer(key="another secret key", salt="checkout.order-token", sep=".").sign(
        order.guest_key
    )
    other_salt = signing.Signer(salt="elsewhere", sep=".").sign(order.guest_key)
    for wrong in (order.guest_key, forged, other_salt, token + "x", token[:-1], "", ".", "é.é"):
        assert find_order_by_token(wrong) is None
    settings.SECRET_KEY = "another secret key"
    assert find_order_by_token(token) is None


def test_hidden_order_is_not_found_by_its_token():
    order = make_order()
    Order.objects.update(hidden_at=order.placed_at)
    assert find_order_by_token(make_order_token(order)) is None


def test_customer_finds_the_order_in_the_account():
    order = make_order(customer=make_customer())
    assert order_path(order) == f"/account/orders/{order.pk}/"


def test_orders_of_a_customer_are_listed_newest_first():
    customer = make_customer()
    first = make_order(
        (make_item(unit_price="100.00"), 2), (make_item(unit_price="10.00"), 1), customer=customer
    )
    second = make_paid_order(customer=customer)
    make_order(customer=make_customer())
    make_order()
    hidden = make_order(customer=customer)
    Order.objects.filter(pk=hidden.pk).update(hidden_at=hidden.placed_at)
    listed = list_orders(customer)
    assert [(row.number, row.status, row.count) for row in listed] == [
        (str(second.pk), "paid", 1),
        (str(first.pk), "placed", 3),
    ]
    row = listed[1]
    assert (row.total, row.status_label) == (Decimal("231.00"), "Waiting for payment")
    assert (row.placed_at, row.url) == (first.placed_at, f"/account/orders/{first.pk}/")


def test_nobody_has_no_orders(count_queries):
    make_order()
    with count_queries(0):
        assert list_orders(None) == []


@pytest.mark.parametrize("count", [1, 3])
def test_orders_are_listed_in_one_query(count, count_queries):
    customer = make_customer()
    for _ in range(count):
        make_order(customer=customer)
    with count_queries(1):
        assert len(list_orders(customer)) == count
