"""Sales in carts, orders and mails: switched to the microsecond, and kept as they were when ordered."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from checkout.models import OrderItem
from checkout.selectors.carts import show_cart
from checkout.selectors.orders import show_order
from notifications.models import OutgoingEmail
from shop.models import Sale
from shop.sale_rules import current_sales
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item, set_tax
from tests.factories.orders import make_order
from tests.factories.sales import make_sale

pytestmark = pytest.mark.django_db

START = datetime(2036, 11, 1, 18, 30, tzinfo=UTC)
END = datetime(2036, 12, 1, 18, 30, tzinfo=UTC)
TICK = timedelta(microseconds=1)
MOMENTS = [(START - TICK, False), (START, True), (END - TICK, True), (END, False)]


@pytest.mark.parametrize(("at", "is_on"), MOMENTS)
def test_cart_switches_at_the_very_moment(monkeypatch, at, is_on):
    lamp = make_item()
    make_sale(name="Diwali", products=[lamp], starts_at=START, ends_at=END)
    cart = make_cart((lamp, 2))
    current_sales()  # kept: that a sale is on is asked at each request
    monkeypatch.setattr(timezone, "now", lambda: at)
    line = show_cart(cart).lines[0]
    expected = (Decimal("88.00"), Decimal("110.00"), "Diwali") if is_on else (Decimal("110.00"), None, "")
    assert (line.unit_price, line.old_price, line.sale_name) == expected
    assert line.line_total == 2 * line.unit_price


@pytest.mark.parametrize(("at", "is_on"), MOMENTS)
def test_order_takes_the_prices_of_the_moment_its_request_began(at, is_on):
    lamp = make_item()
    make_sale(name="Diwali", products=[lamp], starts_at=START, ends_at=END)
    order = make_order((lamp, 2), now=at)
    item = OrderItem.objects.get()
    assert (item.list_price, item.list_tax) == (Decimal("100.00"), Decimal("10.00"))
    if is_on:
        assert (item.unit_price, item.unit_tax, item.sale_name) == (
            Decimal("80.00"),
            Decimal("8.00"),
            "Diwali",
        )
        assert (item.old_price, order.total) == (Decimal("110.00"), Decimal("176.00"))
    else:
        assert (item.unit_price, item.unit_tax, item.sale_name) == (Decimal("100.00"), Decimal("10.00"), "")
        assert (item.old_price, order.total) == (None, Decimal("220.00"))


def test_order_keeps_its_prices_when_the_sale_is_gone():
    lamp = make_item()
    make_sale(name="Diwali", products=[lamp])
    order = make_order((lamp, 1))
    Sale.objects.all().delete()
    Sale.forget_rules()
    line = show_order(order, items=order.items.all()).lines[0]
    assert (line.unit_price, line.old_price, line.sale_name) == (
        Decimal("88.00"),
        Decimal("110.00"),
        "Diwali",
    )


def test_old_price_is_right_to_the_paisa_where_prices_include_the_tax():
    set_tax(rate="18.00", prices_include_tax=True)
    lamp = make_item(unit_price="999.99")
    make_sale("amount", "100", products=[lamp])
    assert show_cart(make_cart((lamp, 1))).lines[0].old_price == Decimal("999.99")
    make_order((lamp, 1))
    assert OrderItem.objects.get().old_price == Decimal("999.99")


def test_pages_and_mails_say_the_old_price_and_the_sale(client):
    lamp = make_item(unit_price="1000.00")
    make_sale(name="Diwali", products=[lamp])
    client.post("/cart/add/", {"product_id": lamp.pk, "quantity": 1}, headers={"origin": "http://testserver"})
    cart = client.get("/cart/").content.decode()
    make_order((lamp, 1))
    mail = OutgoingEmail.objects.get()
    for words in (cart, mail.text, mail.html):
        assert "₹1,100" in words
        assert "₹880" in words
        assert "Diwali" in words
    assert "  Diwali, before ₹1,100\n" in mail.text


def test_placing_an_order_costs_no_query_more_with_sales(count_queries):
    items = [make_item(tags=("Brass",)) for _ in range(3)]
    make_order(*((item, 1) for item in items))
    with count_queries() as without:
        make_order(*((item, 1) for item in items))
    make_sale(products=items)
    make_sale("amount", "5", tags=["brass"])
    make_order(*((item, 1) for item in items))
    with count_queries() as with_sales:
        make_order(*((item, 1) for item in items))
    assert len(with_sales) == len(without)
