from decimal import Decimal

import pytest

from checkout.selectors.carts import find_items, show_cart
from shop.models import Product, ProductImage
from shop.pricing import Totals
from tests.factories.carts import make_cart, make_full_cart
from tests.factories.catalogue import make_item, make_picture, make_tax_class, warm_settings

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
