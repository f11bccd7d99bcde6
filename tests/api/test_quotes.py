"""Totals and quotes: what a cart would cost, and that an order of it costs just that."""

from decimal import Decimal

import pytest

from accounts.enums import Membership
from checkout.models import Cart, Order
from shop.models import Coupon
from tests.api.wire import NOT_FOUND, detail_body, missing_body
from tests.factories.carts import make_cart, make_full_cart
from tests.factories.catalogue import make_item, make_tax_class, warm_settings
from tests.factories.coupons import make_coupon, set_tiers
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db

INVALID = (400, detail_body("This coupon cannot be used for this order.", "coupon_invalid"))
ADDRESS = {
    "name": "Asha Rao",
    "line1": "12 MG Road",
    "city": "Bengaluru",
    "state": "KA",
    "postal_code": "560038",
}


def quote(api, cart: Cart, **body):
    return api.post(f"/store/carts/{cart.pk}/quote/", body)


def test_cart_tells_its_totals_when_asked(guest):
    lamp = make_item(title="Lamp", unit_price="99.95")
    novel = make_item(title="Novel", unit_price="200.00", tax_class_id=make_tax_class().pk)
    cart = make_cart((lamp, 3), (novel, 2))
    plain = guest.get(f"/store/carts/{cart.pk}/").body
    asked = guest.get(f"/store/carts/{cart.pk}/?include=totals").body
    totals = asked.pop("totals")
    assert asked == plain
    lines = totals.pop("lines")
    assert totals == {
        "currency": "INR",
        "subtotal": Decimal("749.85"),
        "tier": Decimal("0.0"),
        "coupon": Decimal("0.0"),
        "coupon_code": "",
        "discount": Decimal("0.0"),
        "delivery": "",
        "shipping": Decimal("0.0"),
        "surcharge": Decimal("0.0"),
        "shipping_tax": {"cgst": 0, "sgst": 0, "igst": 0},
        "tax": Decimal("50.0"),
        "total": Decimal("749.85"),
    }
    assert lines[0] == {
        "product_id": lamp.pk,
        "title": "Lamp",
        "quantity": 3,
        "list_price": Decimal("99.95"),
        "sale": "",
        "unit_price": Decimal("99.95"),
        "unit_tax": Decimal("10.0"),
        "tax_rate": Decimal("10.0"),
        "total": Decimal("329.85"),
        "tier": 0,
        "coupon": 0,
        "payable": Decimal("329.85"),
        "taxable": Decimal("299.85"),
        "cgst": Decimal("15.0"),
        "sgst": Decimal("15.0"),
        "igst": 0,
    }
    assert (lines[1]["tax_rate"], lines[1]["total"]) == (Decimal("5.0"), Decimal("420.0"))


def test_totals_of_an_empty_cart_are_nothing(guest):
    totals = guest.get(f"/store/carts/{make_cart().pk}/?include=totals").body["totals"]
    assert (totals["lines"], totals["total"]) == ([], 0)


def test_totals_take_one_query_more_than_the_cart(guest, count_queries):
    cart = make_full_cart(3)
    warm_settings()
    with count_queries(3):
        guest.get(f"/store/carts/{cart.pk}/?include=totals")


def test_quote_of_a_coupon(guest):
    make_coupon("WELCOME10")
    cart = make_full_cart(2)
    answer = quote(guest, cart, coupon=" welcome10 ", address={"state": "KA", "postal_code": "560038"})
    assert answer.status == 200
    told = {name: answer.body[name] for name in ("coupon_code", "coupon", "discount", "total")}
    assert told == {
        "coupon_code": "WELCOME10",
        "coupon": Decimal("22.0"),
        "discount": Decimal("22.0"),
        "total": Decimal("198.0"),
    }
    assert [line["coupon"] for line in answer.body["lines"]] == [Decimal("11.0"), Decimal("11.0")]
    assert [choice["id"] for choice in answer.body["delivery_choices"]] == ["standard-delivery"]


def test_quote_counts_no_use_and_changes_nothing(guest):
    coupon = make_coupon("WELCOME10", uses_limit=1)
    cart = make_full_cart()
    for _ in range(3):
        assert quote(guest, cart, coupon="WELCOME10").status == 200
    assert (Coupon.objects.get(pk=coupon.pk).used, Cart.objects.get().coupon_code) == (0, "")


@pytest.mark.parametrize(
    ("code", "columns"),
    [
        ("NOBODY", {}),
        ("OURS", {"is_active": False}),
        ("OURS", {"ends_at": "2026-01-01T00:00Z"}),
        ("OURS", {"starts_at": "2999-01-01T00:00Z"}),
        ("OURS", {"minimum": Decimal(1000)}),
        ("OURS", {"membership": "G"}),
        ("OURS", {"uses_limit": 1, "used": 1}),
        ("ÄPFEL", {}),
        ("A" * 255, {}),
    ],
)
def test_every_coupon_that_does_not_hold_is_one_answer(guest, code, columns):
    make_coupon("OURS", **columns)
    cart = make_full_cart()
    assert quote(guest, cart, coupon=code).told == INVALID
    body = {"cart_id": str(cart.pk), "email": "asha@example.com", "address": ADDRESS, "coupon": code}
    assert guest.post("/store/guest-orders/", body).told == INVALID
    assert (Order.objects.count(), Cart.objects.count()) == (0, 1)


def test_coupons_that_do_not_hold_are_tried_so_many_times(guest, shopper, settings):
    settings.COUPON_ATTEMPTS = "3/min"
    make_coupon("OURS")
    cart = make_full_cart()
    assert [quote(guest, cart, coupon="NOBODY").status for _ in range(3)] == [400, 400, 400]
    answer = quote(guest, cart, coupon="OURS")
    assert (answer.status, answer.body["code"], answer.headers["Retry-After"]) == (429, "throttled", "60")
    body = {"cart_id": str(cart.pk), "email": "a@example.com", "address": ADDRESS, "coupon": "OURS"}
    assert guest.post("/store/guest-orders/", body).status == 429
    assert quote(guest, cart).status == 200
    assert quote(shopper, cart, coupon="OURS").status == 200


def test_coupons_that_hold_are_never_too_many(guest, settings):
    settings.COUPON_ATTEMPTS = "2/min"
    make_coupon("OURS")
    cart = make_full_cart()
    assert {quote(guest, cart, coupon="OURS").status for _ in range(5)} == {200}


def test_quote_of_another_state_has_igst_where_the_seller_is_known(guest):
    answer = quote(guest, make_full_cart(), address={"state": "KA"})
    line = answer.body["lines"][0]
    assert line["cgst"] + line["sgst"] + line["igst"] == Decimal("10.0")


@pytest.mark.parametrize("address", [{"state": "XX"}, {"postal_code": "12"}, {"country": "FR"}])
def test_quote_of_a_wrong_address_is_refused(guest, address):
    answer = quote(guest, make_full_cart(), address=address)
    assert (answer.status, list(answer.body["details"])) == (400, ["address"])


def test_cart_of_another_is_not_quoted(guest, shopper):
    cart = make_full_cart(customer=make_customer())
    assert quote(guest, cart).told == (404, missing_body("Cart"))
    assert quote(shopper, cart).told == (404, missing_body("Cart"))
    assert guest.post("/store/carts/nonsense/quote/", {}).told == NOT_FOUND


@pytest.mark.parametrize("coupon", ["", "welcome10"])
def test_order_costs_what_was_quoted(shopper, customer, coupon):
    set_tiers(gold="7.5")
    customer.membership = Membership.GOLD
    customer.save()
    make_coupon("WELCOME10", value="12.5")
    cart = make_cart((make_item(unit_price="99.95"), 3), (make_item(unit_price="49.99"), 7))
    quoted = quote(shopper, cart, coupon=coupon, address=ADDRESS).body
    body = {"cart_id": str(cart.pk), "coupon": coupon, "address": ADDRESS}
    order = shopper.post("/store/orders/", body).body
    assert "totals" not in order
    totals = shopper.get(f"/store/orders/{order['id']}/?include=totals").body["totals"]
    assert [choice["charge"] for choice in quoted.pop("delivery_choices")] == [0]
    assert quoted.pop("cash_on_delivery") is None
    assert totals == quoted
    assert shopper.get("/store/orders/?include=totals").body[0]["totals"] == totals
    assert totals["tier"] > 0
    assert (totals["coupon"] > 0) is bool(coupon)
    for line in totals["lines"]:
        assert line["total"] - line["tier"] - line["coupon"] == line["payable"]
        assert line["taxable"] + line["cgst"] + line["sgst"] + line["igst"] == line["payable"]
    assert sum(line["payable"] for line in totals["lines"]) == totals["total"]


def test_guest_order_tells_its_totals_too(guest):
    make_coupon("WELCOME10")
    body = {
        "cart_id": str(make_full_cart().pk),
        "email": "asha@example.com",
        "address": ADDRESS,
        "coupon": "WELCOME10",
    }
    order = guest.post("/store/guest-orders/", body)
    assert order.status == 200
    totals = guest.get(f"/store/guest-orders/{order.body['token']}/?include=totals").body["totals"]
    assert (totals["coupon_code"], totals["total"]) == ("WELCOME10", Decimal("99.0"))
