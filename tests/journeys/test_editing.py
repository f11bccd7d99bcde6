"""A new product, made in the admin by somebody who types: autosave, price and stock at once, publish."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.shop import RunningShop

SAVED_WITHIN = 20_000  # milliseconds; the shop has just started


def sign_in(page: Page) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("admin")
    page.locator("input[name=password]").fill("1122334455")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/admin/$"))


def find_collection_page(page: Page, title: str) -> int:
    found = page.request.get(f"/admin/api/main/pages/?search={title}&fields=_,id,title").json()["items"]
    return next(item["id"] for item in found if item["title"] == title)


def test_a_product_is_typed_priced_and_published(page: Page, shop: RunningShop):
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page)
    page.goto(f"/admin/pages/add/pages/productpage/{find_collection_page(page, 'Kitchen')}/")
    page.locator("#id_title").press_sequentially("Copper water jug", delay=20)
    page.get_by_label("Price in ₹", exact=True).fill("1499")
    page.get_by_label("In stock", exact=True).fill("12")
    page.get_by_role("button", name="Apply now").click()
    expect(page.get_by_text("Price and stock are changed.")).to_be_visible(timeout=SAVED_WITHIN)
    assert shop.get("/store/products/?search=copper%20water%20jug")["count"] == 0

    page.get_by_role("button", name="More actions").click()
    page.locator("button[name=action-publish]").click()
    expect(page.get_by_text("Page 'Copper water jug' has been published.")).to_be_visible(
        timeout=SAVED_WITHIN
    )
    made = shop.get("/store/products/?search=copper%20water%20jug")["results"]
    assert [(row["title"], row["unit_price"], row["inventory"]) for row in made] == [
        ("Copper water jug", 1499, 12)
    ]
    page.goto("/kitchen/copper-water-jug/")
    expect(page.locator("[data-price]").first).to_contain_text("₹1,648.90")
