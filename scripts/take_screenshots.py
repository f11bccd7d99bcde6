"""Photographs the pages of a running shop at three widths, light and dark, for people to look at.

usage: python scripts/take_screenshots.py [FOLDER]    (the shop at HAAT_URL, or 127.0.0.1:PORT)
"""

import json
import os
import shutil
import sys
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

WIDTHS = {"phone": 390, "tablet": 820, "desktop": 1440}
SCHEMES = ("light", "dark")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SHOP = os.environ.get("HAAT_URL", f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}")


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "var/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        sys.exit("No Chromium on this machine: install the package chromium.")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=FLAGS)
        for name, path in find_pages().items():
            photograph(browser, name=name, path=path, folder=folder)
        browser.close()
    print(f"The pictures are in {folder}.")


def find_pages() -> dict[str, str]:
    with urllib.request.urlopen(f"{SHOP}/store/products/?page_size=1&in_stock=true") as answer:  # noqa: S310
        product = json.load(answer)["results"][0]
    return {
        "home": "/",
        "search": "/search/?q=cotton",
        "search-corrected": "/search/?q=umbrela",
        "search-empty": "/search/?q=zeppelin",
        "product": f"/p/{product['id']}/",
        "collection": "/kitchen/",
        "collection-filtered": "/kitchen/?in_stock=on&rating=4",
        "landing": "/monsoon-essentials/",
        "standard": "/about/",
        "cart-empty": "/cart/",
        "sign-in": "/accounts/login/",
        "sign-up": "/accounts/signup/",
        "not-found": "/nothing-here/",
    }


def photograph(browser: Browser, *, name: str, path: str, folder: Path) -> None:
    for width_name, width in WIDTHS.items():
        for scheme in SCHEMES:
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page.goto(SHOP + path, wait_until="load")
            load_lazy_pictures(page)
            page.screenshot(path=folder / f"{name}-{width_name}-{scheme}.png", full_page=True)
            page.close()


def load_lazy_pictures(page: Page) -> None:
    """Pictures below the fold load when they are scrolled to."""
    height = page.evaluate("document.documentElement.scrollHeight")
    for position in range(0, height, 600):
        page.evaluate(f"window.scrollTo(0, {position})")
        page.wait_for_timeout(60)
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_timeout(200)


if __name__ == "__main__":
    main()
