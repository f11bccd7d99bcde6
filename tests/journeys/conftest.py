"""A running shop and a browser for the journeys."""

import shutil

import pytest

from tests.journeys.shop import RunningShop

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PRODUCTS = 60


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def shop(tmp_path_factory):
    running = RunningShop(tmp_path_factory.mktemp("shop"), products=PRODUCTS)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        pytest.skip("no Chromium on this machine: install the package chromium")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=executable, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser, shop):
    """A fresh visitor on a phone."""
    context = browser.new_context(base_url=shop.url, viewport={"width": 390, "height": 844}, locale="en-IN")
    context.set_default_timeout(15_000)
    opened = context.new_page()
    yield opened
    context.close()
