from decimal import Decimal

import pytest
from django.core import signing

from checkout.models import Order
from checkout.selectors import (
    find_items,
    find_order_by_token,
    list_orders,
    make_order_token,
    order_path,
    show_cart,
    show_order,
)
from shop.models import Product, ProductImage
from shop.pricing import Totals
from tests.factories.carts import make_cart, make_full_cart
from tests.factories.catalogue import make_item, make_picture, make_tax_class, warm_settings
from tests.factories.orders import make_order, make_paid_order
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db


def totals(total: str, tax: str, count: int) -> Totals:
    zero = Decimal("0.00")
    return Totals(
        subtotal=Decimal(total),
        shipping=zero,
        discount=zero,
        tax=Decimal(tax),
        total=Decimal(total),
        count=count,
    )


def test_no_cart_is_shown_empty():
    shown = show_cart(None)
    assert (shown.lines, shown.is_empty, shown.has_problems) == ((), True, False)
    assert shown.totals == totals("0.00", "0.00", 0)


def test_cart_is_shown_with_tax():
    books = make_tax_class(rate="5.00")
    lamp = make_item(title="Lamp", unit_price="99.95", inventory=7)
    novel = make_item(title="Novel", unit_price="200.00", tax_class_id=books.pk)
    cart = make_cart((novel, 1), (lamp, 2))
    shown = show_cart(cart)
    first, second = shown.lines
    assert (first.title, first.unit_price, first.line_total) == (
        "Novel",
        Decimal("210.00"),
        Decimal("210.00"),
    )
    assert (second.title, second.unit_price, second.quantity) == ("Lamp", Decimal("109.95"), 2)
    assert (second.line_total, second.available, second.problem) == (Decimal("219.90"), 7, "")
    assert (second.product_id, second.url) == (lamp.pk, f"/p/{lamp.pk}/")
    assert second.item_id == cart.items.get(product=lamp).pk
    assert shown.totals == totals("429.90", "30.00", 3)
    assert not shown.is_empty
    assert not shown.has_problems


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"is_live": False, "inventory": 0}, "This product is no longer sold. Please remove it."),
        ({"inventory": 0}, "This product is sold out. Please remove it."),
        ({"inventory": 2}, "Only 2 left. Please choose a smaller quantity."),
        ({"inventory": 3}, ""),
    ],
)
def test_line_that_cannot_be_ordered_says_why(facts, problem):
    lamp = make_item(inventory=10)
    cart = make_cart((lamp, 3))
    Product.objects.filter(pk=lamp.pk).update(**facts)
    shown = show_cart(cart)
    assert shown.lines[0].problem == problem
    assert shown.has_problems == bool(problem)


def test_line_shows_the_first_picture_of_its_product_or_of_its_lead():
    lead = make_item()
    plain, pictured = make_item(variant_of=lead), make_item(variant_of=lead)
    for product, title in ((lead, "Lead"), (lead, "Second"), (pictured, "Own")):
        ProductImage.objects.create(
            product=product, picture=make_picture(title=title), position=product.images.count()
        )
    bare = make_item()
    shown = show_cart(make_cart((plain, 1), (pictured, 1), (bare, 1)))
    assert [line.picture and line.picture.alt for line in shown.lines] == ["Lead", "Own", None]


def test_lines_come_in_the_order_they_were_put_in():
    first, second, third = (make_item() for _ in range(3))
    cart = make_cart((third, 1), (first, 1), (second, 1), (third, 1))
    assert [item.product_id for item in find_items(cart.pk)] == [third.pk, first.pk, second.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_cart_is_read_in_one_query_and_shown_in_three(count, count_queries):
    cart = make_full_cart(count)
    warm_settings()
    with count_queries(1):
        assert len(find_items(cart.pk)) == count
    with count_queries(3):  # two of them for pictures
        show_cart(cart)


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
    assert shown.totals == totals("219.90", "20.00", 2)


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
