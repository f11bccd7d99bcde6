"""What a shopper does, step by step, in words of the pages."""

import re

from playwright.sync_api import FrameLocator, Page, expect

ADDRESS = {
    "Full name": "Asha Rao",
    "Mobile number": "+91 98765 43210",
    "House, street": "12 MG Road",
    "PIN code": "560038",
    "City": "Bengaluru",
}
GOOD_CARD = {"Card number": "4111 1111 1111 1111", "Expiry (MM/YY)": "12/39", "CVV": "123"}
DECLINED_CARD = {**GOOD_CARD, "Card number": "4100 2800 0006 0003"}


def open_collection(page: Page, title: str) -> None:
    """From the home page by its tile."""
    page.goto("/")
    page.locator("a.tile", has_text=title).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def open_product_with_choices(page: Page) -> None:
    """The first product of this list that is offered in sizes or colours."""
    addresses = [link.get_attribute("href") for link in page.locator("a.card__link").all()]
    for address in addresses:
        page.goto(address)
        if page.locator("input[type=radio][name=product_id]").count() > 1:
            return
    raise AssertionError("No product of this collection has choices.")


def choose_variant(page: Page) -> int:
    """Choose another variant, one in stock, than the one that is chosen already. Returns its product id."""
    wanted = page.locator("input[type=radio][name=product_id]:not([data-unavailable]):not(:checked)").first
    product_id = wanted.get_attribute("value")
    radio = page.locator(f"input[type=radio][name=product_id][value='{product_id}']")
    page.locator("label.chip", has=radio).click()
    expect(radio).to_be_checked()
    return int(product_id)


def add_to_cart(page: Page) -> None:
    page.locator("main").get_by_role("button", name="Add to cart").first.click()
    page.get_by_role("link", name="View cart").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("cart", ignore_case=True)


def place_order(page: Page, *, email: str) -> None:
    """From the cart page through the checkout form to the order's page."""
    page.locator("a[href='/checkout/']").first.click()
    fill_checkout(page, email=email)
    page.locator("#place-order").click()
    expect(page.locator("#pay-button")).to_be_visible()


def fill_checkout(page: Page, *, email: str) -> None:
    page.get_by_label("Email").fill(email)
    for label, value in ADDRESS.items():
        page.get_by_label(label, exact=False).first.fill(value)
    page.get_by_label("State").select_option("KA")
    page.get_by_label("I accept the terms").check()


def open_window(page: Page) -> FrameLocator:
    page.locator("#pay-button").click()
    window = page.frame_locator("iframe[title='Razorpay checkout']")
    expect(window.get_by_text("no money moves")).to_be_visible()
    return window


def pay_by_card(window: FrameLocator, card: dict[str, str]) -> None:
    window.get_by_role("tab", name="Card").click()
    for label, value in card.items():
        window.get_by_label(label).fill(value)
    window.get_by_role("button", name=re.compile("^Pay ")).first.click()


def confirm_password(window: FrameLocator) -> None:
    window.get_by_label("One-time password").fill("1234")
    window.get_by_role("button", name="Confirm").click()


def pay_by_upi(window: FrameLocator, address: str) -> None:
    window.get_by_role("tab", name="UPI").click()
    window.get_by_label("UPI ID").fill(address)
    window.locator("#panel-upi").get_by_role("button", name=re.compile("^Pay ")).click()


def pay_by_net_banking(window: FrameLocator, answer: str) -> None:
    window.get_by_role("tab", name="Net banking").click()
    window.locator("#panel-netbanking").get_by_role("button", name=re.compile("^Pay ")).click()
    window.get_by_role("button", name=answer).click()


def expect_paid(page: Page) -> None:
    """The order page says that it is paid, and offers no payment any more."""
    expect(page.locator("#pay-button")).to_have_count(0, timeout=20_000)
    expect(page.locator("main")).to_contain_text("paid", ignore_case=True)


def read_order_number(page: Page) -> str:
    return re.search(r"#(\d+)", page.locator("main").inner_text()).group(1)
