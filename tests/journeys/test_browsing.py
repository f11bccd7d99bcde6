"""Finding a product: searching, filtering, looking; with a keyboard, without scripts, and for everyone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PATHS = ("/", "/kitchen/", "/search/?q=steel", "/search/?q=zeppelin", "/about/", "/account/likes/")


@pytest.fixture
def wide(browser, shop):
    """A fresh visitor at a desk."""
    context = browser.new_context(base_url=shop.url, viewport={"width": 1440, "height": 900}, locale="en-IN")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser, shop):
    """A fresh visitor without scripts."""
    context = browser.new_context(
        base_url=shop.url, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def assert_accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"][:120]) for item in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} scrolls sideways"


def open_first_product(page: Page) -> None:
    page.goto("/kitchen/")
    page.locator("a.card__link").first.click()
    expect(page.locator(".product__title")).to_be_visible()


def test_suggestions_are_reached_by_keyboard(wide: Page):
    wide.goto("/")
    box = wide.get_by_role("combobox", name="Search the shop").first
    box.press_sequentially("stee", delay=30)
    expect(wide.get_by_role("option").first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert_accessible(wide)
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("ArrowDown")
    option = wide.locator("[role=option][aria-selected=true]")
    expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    wanted = option.get_attribute("data-url")
    box.press("Enter")
    wide.wait_for_url(f"**{wanted}")


def test_misspelt_search_finds_and_is_counted(page: Page):
    with page.expect_response("**/search/seen/") as counted:
        page.goto("/search/?q=stel")
    assert counted.value.status == 204
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Results for “steel”"))
    expect(page.locator(".card").first).to_be_visible()


def test_filter_changes_the_list_in_place_and_back_undoes_it(wide: Page):
    wide.goto("/kitchen/")
    before = wide.get_by_role("status").first.inner_text()
    wide.evaluate("window.stays = true")
    wide.locator("input[name=in_stock]").check()
    wide.wait_for_url("**/kitchen/?in_stock=on")
    expect(wide.get_by_role("link", name="Remove In stock")).to_be_visible()
    assert wide.evaluate("window.stays"), "the page was loaded anew"
    assert wide.evaluate("document.activeElement.name") == "in_stock"
    assert_accessible(wide)
    wide.go_back()
    expect(wide.get_by_role("link", name="Remove In stock")).to_have_count(0)
    expect(wide.get_by_role("status").first).to_have_text(before)


def test_filters_and_search_work_without_scripts(plain: Page):
    plain.goto("/kitchen/")
    plain.locator("#filters summary").click()
    plain.locator("input[name=in_stock]").check()
    plain.get_by_role("button", name="Show products").click()
    plain.wait_for_url("**in_stock=on**")
    expect(plain.get_by_role("link", name="Remove In stock")).to_be_visible()
    plain.goto("/search/?q=steel")
    expect(plain.locator(".card").first).to_be_visible()


def test_picture_enlarges_and_closes_by_keyboard(wide: Page):
    open_first_product(wide)
    link = wide.locator("[data-zoom]").first
    link.focus()
    link.press("Enter")
    dialog = wide.get_by_role("dialog", name="Pictures, enlarged")
    expect(dialog).to_be_visible()
    assert_accessible(wide)
    wide.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_heart_asks_a_stranger_to_sign_in(page: Page):
    open_first_product(page)
    page.get_by_role("button", name="Like", exact=True).click()
    page.wait_for_url("**/accounts/login/?next=/p/**")
    assert_accessible(page)


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1440, "dark")])
def test_pages_are_for_everyone(browser, shop, width, scheme):
    context = browser.new_context(
        base_url=shop.url,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    for path in PATHS:
        page.goto(path)
        assert_accessible(page)
    open_first_product(page)
    assert_accessible(page)
    context.close()


def test_nothing_is_lost_at_four_hundred_percent(browser, shop):
    """1280 pixels at 400 % are 320."""
    context = browser.new_context(base_url=shop.url, viewport={"width": 320, "height": 256})
    page = context.new_page()
    for path in PATHS:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    open_first_product(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
