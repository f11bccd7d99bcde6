"""The shop's look and menu, changed by an editor."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.editors.desk import SAVED_WITHIN, Desk


def save(desk: Desk) -> None:
    desk.page.get_by_role("button", name="Save").click()
    expect(desk.page.get_by_text("Shop updated.")).to_be_visible(timeout=SAVED_WITHIN)


def find_background(visitor: Page) -> str:
    return visitor.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()")


def test_a_new_look_and_colours_in_four_clicks(editor: Desk, visitor: Page):
    page = editor.page
    editor.open_settings()
    editor.start_counting()
    page.get_by_role("tab", name="Look").click()
    page.get_by_role("button", name="Indigo").click()
    expect(page.locator("#id_accent")).to_have_value("#2d3a8c")
    editor.photograph("looks")
    page.locator("#id_accent").fill("#f2c14e")
    save_button = page.get_by_role("button", name="Save")
    save_button.click()
    page.get_by_role("button", name="Go to the first error").click()
    refusal = page.get_by_text(re.compile("The nearest colour that passes is"))
    expect(refusal.first).to_be_visible(timeout=SAVED_WITHIN)
    editor.photograph("contrast-refused")
    nearest = re.search(r"passes is (#[0-9a-f]{6})", refusal.first.inner_text())[1]
    page.locator("#id_accent").fill(nearest)
    save(editor)
    assert editor.clicks <= 5
    visitor.goto("/")
    assert find_background(visitor) == "#fafbfd"
    accent = visitor.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()"
    )
    assert accent == nearest


def test_a_menu_entry(editor: Desk, visitor: Page):
    page = editor.page
    editor.open_settings()
    editor.start_counting()
    page.get_by_role("tab", name="Menus").click()
    menu = page.locator("#main_menu-root, [id$='main_menu-section']").first
    menu.locator(".c-sf-add-button").last.click()
    page.get_by_role("option", name="All collections", exact=True).click()
    menu.locator(".c-sf-add-button").last.click()
    page.get_by_role("option", name="Other address", exact=True).click()
    entry = menu.locator("[data-streamfield-child]").last
    entry.locator("input[name$='-value-label']").fill("Our workshop")
    entry.locator("input[name$='-value-address']").fill("https://example.com/workshop")
    editor.photograph("menu")
    save(editor)
    assert editor.clicks <= 6
    visitor.goto("/")
    visitor.get_by_text("Shop", exact=True).first.click()
    expect(visitor.get_by_role("link", name="Our workshop").first).to_be_visible()
