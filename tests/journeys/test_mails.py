"""Marketing writes the mail about full carts: previewed, put right, sent to oneself, saved, taken back."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.shop import RunningShop
from tests.journeys.test_editing import sign_in
from tests.journeys.test_purchase import wait_for_mail


def test_text_of_the_cart_mail_is_changed_and_tried_on_oneself(page: Page, shop: RunningShop):
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page)
    page.goto("/admin/mails/texts/")
    page.get_by_role("link", name="Full cart that was left").click()
    preview = page.frame_locator("#preview-html")
    expect(preview.get_by_role("heading", name="Your cart is still here")).to_be_visible()

    page.get_by_label("Heading").fill("Still thinking, {name}?")
    expect(preview.get_by_role("heading", name=re.compile(r"Still thinking, [A-Z]\w+"))).to_be_visible()
    page.get_by_label("Subject").fill("Your cart waits, {nmae}")
    expect(page.locator("#preview-problems")).to_contain_text(
        "This mail cannot fill in {nmae}. It knows {name}"
    )
    page.get_by_label("Subject").fill("Your cart waits")
    page.get_by_role("button", name="Send a test to me").click()
    expect(page.get_by_text("A test is on its way to admin@example.com.")).to_be_visible()
    expect(page.get_by_label("Subject")).to_have_value("Your cart waits")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved: the next mail of this kind has these words.")).to_be_visible()
    page.get_by_role("button", name="Back to the default").click()
    expect(page.get_by_label("Subject")).to_have_value("Your cart at {shop_name} is still here")
    wait_for_mail(page, "Test: Your cart waits")
