"""A product from its first word to the shelf, and a draft that was overtaken by buyers."""

from playwright.sync_api import Page, expect

from tests.journeys.client import order_as_guest
from tests.journeys.editors.desk import SAVED_WITHIN, Desk


def test_a_new_product_with_two_sizes(editor: Desk, visitor: Page):
    page = editor.page
    page.goto(f"/admin/pages/add/pages/productpage/{editor.find_page('Clothing')}/")
    editor.start_counting()
    editor.type_title("Indigo kurta")
    page.get_by_label("Price in ₹", exact=True).fill("899")
    page.get_by_label("In stock", exact=True).fill("5")
    page.get_by_role("button", name="Apply now").click()
    expect(page.get_by_text("Price and stock are changed.")).to_be_visible(timeout=SAVED_WITHIN)
    page.get_by_label("The product above is").fill("S")
    page.get_by_label("Another one").fill("M")
    page.get_by_label("Its price in ₹").fill("949")
    page.get_by_label("Its stock").fill("3")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("The choice is added.")).to_be_visible(timeout=SAVED_WITHIN)
    editor.wait_for_draft()
    editor.photograph("product-sizes")
    editor.publish()
    assert editor.clicks <= 5

    visitor.goto("/clothing/indigo-kurta/")
    assert visitor.locator("input[type=radio][name=product_id]").count() == 2
    visitor.locator("label.chip", has_text="M").click()
    expect(visitor.locator("[data-price]").first).to_contain_text("₹1,043.90")


def test_a_stale_draft_published_after_ten_sales_changes_neither_price_nor_stock(editor: Desk, visitor: Page):
    page, shop = editor.page, editor.shop
    product = shop.get("/store/products/?in_stock=true&ordering=-unit_price")["results"]
    product = next(row for row in product if row["inventory"] >= 12)
    visitor.goto(f"/p/{product['id']}/")
    title = visitor.get_by_role("heading", level=1).inner_text()
    page.goto(f"/admin/pages/{editor.find_page(title)}/edit/")
    page.locator("#id_description").fill("Words that were typed before ten were sold.")
    for number in range(10):
        order = order_as_guest(shop.url, product["id"], email=f"buyer{number}@example.com")
        assert order.status == 200, order
    editor.publish()
    now = shop.get(f"/store/products/{product['id']}/")
    assert (now["inventory"], now["unit_price"]) == (product["inventory"] - 10, product["unit_price"])
    visitor.goto(f"/p/{product['id']}/")
    expect(visitor.get_by_text("Words that were typed before ten were sold.")).to_be_visible()
