"""The coupon on the cart page and in the checkout."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import Membership
from checkout.models import Cart, Order
from shop.models import Coupon
from tests.factories.catalogue import make_item
from tests.factories.coupons import make_coupon, set_tiers
from tests.factories.shipping import make_zone
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db

TYPED = {
    "email": "asha@example.com",
    "name": "Asha Rao",
    "phone": "+919876543210",
    "line1": "12 MG Road",
    "postal_code": "560038",
    "city": "Bengaluru",
    "state": "KA",
    "accept_terms": "on",
}


@pytest.fixture
def visitor() -> Client:
    """Somebody with three lamps of 110 rupees in the cart."""
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    client.post("/cart/add/", {"product_id": make_item(title="Lamp").pk, "quantity": 3})
    return client


def apply(client: Client, code: str):
    return client.post("/cart/coupon/", {"coupon_typed": code})


def page(response) -> str:
    return " ".join(response.content.decode().split())


def test_coupon_is_remembered_and_shown_with_what_it_takes_off(visitor):
    make_coupon("WELCOME10")
    assert apply(visitor, " welcome10 ").status_code == 302
    assert Cart.objects.get().coupon_code == "WELCOME10"
    shown = page(visitor.get("/cart/"))
    assert "Coupon WELCOME10</dt> <dd>−₹33</dd>" in shown
    assert 'Coupon <strong translate="no">WELCOME10</strong> is applied.' in shown
    assert "₹297" in shown


def test_coupon_for_free_delivery_says_so(visitor):
    make_coupon("FREESHIP", value="0", kind="free_shipping")
    apply(visitor, "FREESHIP")
    assert "Coupon FREESHIP</dt> <dd>Free delivery</dd>" in page(visitor.get("/cart/"))


def test_coupon_can_be_taken_out(visitor):
    make_coupon("WELCOME10")
    apply(visitor, "WELCOME10")
    assert visitor.post("/cart/coupon/", {"remove_coupon": "1"}).status_code == 302
    assert Cart.objects.get().coupon_code == ""
    assert "₹330" in page(visitor.get("/cart/"))


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (None, "We do not know the coupon “OURS”. Please check its letters and digits."),
        ({"minimum": Decimal(500)}, "Add products for ₹170 more to use the coupon OURS: it starts at ₹500."),
        ({"membership": "G"}, "The coupon OURS is for Gold members. Sign in with that account to use it."),
        ({"uses_limit": 1, "used": 1}, "The coupon OURS has been used up."),
    ],
)
def test_coupon_that_does_not_hold_says_why_and_stays_in_its_field(visitor, columns, sentence):
    if columns is not None:
        make_coupon("OURS", **columns)
    answer = apply(visitor, "OURS")
    assert answer.status_code == 400
    assert f'role="alert">{sentence}</p>' in page(answer)
    assert 'value="OURS"' in page(answer)
    assert Cart.objects.get().coupon_code == ""


def test_coupon_that_ended_since_says_so_and_the_price_is_without_it(visitor):
    coupon = make_coupon("WELCOME10")
    apply(visitor, "WELCOME10")
    Coupon.objects.filter(pk=coupon.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    shown = page(visitor.get("/cart/"))
    assert "The coupon WELCOME10 ended on" in shown
    assert "₹330" in shown
    assert "−₹33" not in shown


def test_too_many_wrong_coupons_have_to_wait(visitor, settings):
    settings.COUPON_ATTEMPTS = "2/min"
    make_coupon("WELCOME10")
    for _ in range(2):
        apply(visitor, "NOBODY")
    assert "Please wait a minute" in page(apply(visitor, "WELCOME10"))
    assert Cart.objects.get().coupon_code == ""


def test_stale_total_tells_nothing_about_a_coupon_once_there_were_too_many(visitor, settings):
    settings.COUPON_ATTEMPTS = "2/min"
    make_coupon("WELCOME10")
    guesses = ["NOBODY", "NOBODY", "WELCOME10"]
    answers = [visitor.post("/checkout/", {**TYPED, "coupon": c, "shown_total": "1.00"}) for c in guesses]
    assert [answer.status_code for answer in answers] == [409, 409, 429]
    assert "Please wait a minute" in page(answers[-1])


def test_visitor_without_a_cart_is_led_to_the_cart_page():
    answer = apply(Client(), "WELCOME10")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cart/")


def test_coupon_is_applied_in_the_checkout_and_what_was_typed_stays(visitor):
    make_coupon("WELCOME10")
    answer = visitor.post(
        "/checkout/", {"name": "Asha Rao", "coupon_typed": "welcome10", "apply_coupon": "1"}
    )
    shown = page(answer)
    assert answer.status_code == 200
    assert 'value="Asha Rao"' in shown
    assert "Place order and pay ₹297" in shown
    assert '<input type="hidden" name="coupon" value="WELCOME10">' in shown
    assert "Enter your email address" not in shown
    assert Order.objects.count() == 0


def test_coupon_typed_before_enter_is_applied_before_anything_is_ordered(visitor):
    make_coupon("WELCOME10")
    answer = visitor.post("/checkout/", {**TYPED, "coupon": "", "coupon_typed": "welcome10"})
    assert (answer.status_code, Order.objects.count()) == (200, 0)
    assert "Place order and pay ₹297" in page(answer)


def test_wrong_coupon_in_the_checkout_says_so_and_what_was_typed_stays(visitor):
    answer = visitor.post("/checkout/", {**TYPED, "coupon_typed": "NOBODY", "apply_coupon": "1"})
    assert answer.status_code == 400
    assert "We do not know the coupon “NOBODY”" in page(answer)
    assert 'value="12 MG Road"' in page(answer)


def test_order_has_the_coupon_that_the_page_showed(visitor):
    make_coupon("WELCOME10")
    apply(visitor, "WELCOME10")
    assert visitor.post("/checkout/", {**TYPED, "coupon": "WELCOME10"}).status_code == 302
    order = Order.objects.get()
    assert (order.coupon_code, order.total) == ("WELCOME10", Decimal("297.00"))


def test_coupon_that_ends_before_the_order_changes_no_price_in_silence(visitor):
    coupon = make_coupon("WELCOME10")
    apply(visitor, "WELCOME10")
    Coupon.objects.filter(pk=coupon.pk).update(is_active=False)
    answer = visitor.post("/checkout/", {**TYPED, "coupon": "WELCOME10"})
    shown = page(answer)
    assert (answer.status_code, Order.objects.count()) == (409, 0)
    assert "We do not know the coupon “WELCOME10”" in shown
    assert 'value="12 MG Road"' in shown
    # The page shows the price without it; sent again as it stands, that is what is ordered.
    assert "Place order and pay ₹330" in shown
    assert '<input type="hidden" name="coupon" value="">' in shown
    assert visitor.post("/checkout/", {**TYPED, "coupon": ""}).status_code == 302
    assert Order.objects.get().total == Decimal("330.00")


def test_order_that_comes_to_nothing_needs_no_payment_and_can_be_cancelled(visitor):
    make_zone(cash=True, cash_fee="30")
    make_coupon("GIFT", value="100")
    apply(visitor, "GIFT")
    shown = page(visitor.post("/checkout/", {**TYPED, "update": "1", "payment_method": "cod"}))
    assert "Place order, nothing to pay" in shown
    assert 'name="payment_method"' not in shown
    order_page = visitor.post("/checkout/", {**TYPED, "coupon": "GIFT", "shown_total": "0.00"}, follow=True)
    assert "There is nothing to pay." in page(order_page)
    assert 'id="pay-button"' not in page(order_page)
    assert 'id="cancel-order"' in page(order_page)


def test_order_that_nobody_could_pay_says_what_to_do(visitor):
    make_coupon("ALMOST", kind="amount", value="329.50")
    apply(visitor, "ALMOST")
    answer = visitor.post("/checkout/", {**TYPED, "coupon": "ALMOST"})
    assert answer.status_code == 409
    assert "Your order comes to ₹0.50" in page(answer)
    assert Order.objects.count() == 0


def test_guest_who_ordered_before_is_told_when_the_address_is_known(visitor):
    make_coupon("FIRST", first_order_only=True)
    apply(visitor, "FIRST")
    visitor.post("/checkout/", {**TYPED, "coupon": "FIRST"})
    visitor.post("/cart/add/", {"product_id": make_item().pk, "quantity": 1})
    assert apply(visitor, "FIRST").status_code == 302
    answer = visitor.post("/checkout/", {**TYPED, "coupon": "FIRST"})
    assert answer.status_code == 409
    assert "for a first order only, and you have ordered before" in page(answer)
    assert Order.objects.count() == 1


def test_member_sees_the_standing_discount(client):
    set_tiers(gold="5")
    customer = make_customer()
    customer.membership = Membership.GOLD
    customer.save()
    client.force_login(customer.user)
    client.post(
        "/cart/add/", {"product_id": make_item().pk, "quantity": 3}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert "Member discount, 5 %</dt> <dd>−₹16.50</dd>" in page(client.get("/cart/"))


def test_coupon_of_a_guest_comes_along_when_signing_in(visitor):
    make_coupon("WELCOME10")
    apply(visitor, "WELCOME10")
    visitor.force_login(make_customer().user)
    visitor.get("/cart/")
    assert Cart.objects.get().coupon_code == "WELCOME10"
