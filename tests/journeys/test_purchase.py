"""The way from the home page to a paid order, in a real browser against the whole running shop."""

import re
import time

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.shop import RunningShop

MAIL_SECONDS = 40


def read_inventory(shop: RunningShop, product_id: int) -> int:
    return shop.get(f"/store/products/{product_id}/")["inventory"]


def wait_for_mail(page: Page, subject: str) -> None:
    """The worker sends it; the sweep does where the worker missed it."""
    ends_at = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < ends_at:
        page.goto("/mailbox/")
        if page.get_by_text(subject).count():
            return
        time.sleep(1)
    raise AssertionError(f"No mail with {subject!r} came within {MAIL_SECONDS} s.")


def test_a_guest_chooses_a_variant_and_pays_after_a_declined_card_and_a_closed_window(
    page: Page, shop: RunningShop
):
    steps.open_collection(page, "Footwear")
    steps.open_product_with_choices(page)
    product_id = steps.choose_variant(page)
    before = read_inventory(shop, product_id)
    steps.add_to_cart(page)
    steps.place_order(page, email="asha@example.com")
    number = steps.read_order_number(page)
    assert read_inventory(shop, product_id) == before - 1

    window = steps.open_window(page)
    steps.pay_by_card(window, steps.DECLINED_CARD)
    expect(window.locator("#failure")).to_be_visible()
    window.get_by_role("button", name="Close").first.click()
    expect(page.locator("#payment-status")).not_to_be_empty()

    window = steps.open_window(page)
    window.get_by_role("button", name="Close").first.click()
    expect(page.locator("#payment-status")).to_contain_text("closed")

    window = steps.open_window(page)
    steps.pay_by_card(window, steps.GOOD_CARD)
    steps.confirm_password(window)
    steps.expect_paid(page)

    assert read_inventory(shop, product_id) == before - 1
    wait_for_mail(page, f"#{number}")
    expect_order_in_admin(page, number)


def expect_order_in_admin(page: Page, number: str) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("admin")
    page.locator("input[name=password]").fill("1122334455")
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"/admin/checkout/order/inspect/{number}/")
    expect(page.locator("main")).to_contain_text("asha@example.com")
    expect(page.locator("main")).to_contain_text("Paid")


def test_upi_fails_first_and_succeeds_in_the_same_window(page: Page):
    buy_first_of(page, "Kitchen", email="upi@example.com")

    window = steps.open_window(page)
    steps.pay_by_upi(window, "failure@razorpay")
    expect(window.locator("#failure")).to_be_visible()
    window.get_by_role("button", name="Try again").click()
    steps.pay_by_upi(window, "success@razorpay")

    steps.expect_paid(page)


def test_net_banking_is_refused_and_then_accepted(page: Page):
    buy_first_of(page, "Pantry", email="bank@example.com")

    window = steps.open_window(page)
    steps.pay_by_net_banking(window, "Failure")
    expect(window.locator("#failure")).to_be_visible()
    window.get_by_role("button", name="Try again").click()
    steps.pay_by_net_banking(window, "Success")

    steps.expect_paid(page)


def buy_first_of(page: Page, collection: str, *, email: str) -> None:
    """Put the first product in stock of a collection in the cart and order it as a guest."""
    steps.open_collection(page, collection)
    page.locator(".card:not(.card--sold-out) a.card__link").first.click()
    steps.add_to_cart(page)
    steps.place_order(page, email=email)


def test_a_new_customer_signs_up_and_finds_the_paid_order_in_the_account(page: Page):
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill("ravi@example.com")
    page.locator("input[name=password1]").fill("a long enough password")
    page.locator("input[name=password2]").fill("a long enough password")
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/account/$"))

    buy_first_of(page, "Stationery", email="ravi@example.com")
    number = steps.read_order_number(page)
    window = steps.open_window(page)
    steps.pay_by_upi(window, "success@razorpay")
    steps.expect_paid(page)

    page.goto("/account/orders/")
    expect(page.locator("main")).to_contain_text(f"#{number}")
