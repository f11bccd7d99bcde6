"""A member of Editors at a desk, whose clicks are counted and whose screen is photographed for the manual."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.editors.desk import Desk
from tests.journeys.shop import RunningShop

PICTURES = "MANUAL_PICTURES"  # the folder for pictures of the manual; unset: none are made
COUNT_CLICKS = """
window.haatClicks = Number(sessionStorage.getItem("haat-clicks") || 0);
addEventListener("click", (event) => {
  if (!event.isTrusted) return;
  window.haatClicks += 1;
  sessionStorage.setItem("haat-clicks", window.haatClicks);
}, true);
"""


@pytest.fixture
def open_desk(browser, shop: RunningShop):
    """`open_desk("editor")`: somebody signed in to the admin, at the dashboard."""
    contexts = []

    def open_desk(username: str) -> Desk:
        context = browser.new_context(
            base_url=shop.url,
            viewport={"width": 1366, "height": 860},
            locale="en-IN",
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        context.add_init_script(COUNT_CLICKS)
        contexts.append(context)
        folder = os.environ.get(PICTURES)
        desk = Desk(context.new_page(), shop=shop, pictures=Path(folder) if folder else None)
        desk.sign_in(username)
        return desk

    yield open_desk
    for context in contexts:
        context.close()


@pytest.fixture
def editor(open_desk) -> Desk:
    return open_desk("editor")


@pytest.fixture
def visitor(browser, shop: RunningShop) -> Page:
    """A shopper at a wide screen."""
    context = browser.new_context(base_url=shop.url, viewport={"width": 1366, "height": 860}, locale="en-IN")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()
