"""What an editor does in the admin, in words of its pages."""

import re
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Frame, Locator, Page, expect

from tests.journeys.shop import RunningShop

PASSWORD = "1122334455"
SAVED_WITHIN = 60_000  # milliseconds


class Desk:
    """A signed-in member of staff. Clicks are those of a mouse; typing and keys are none."""

    def __init__(self, page: Page, *, shop: RunningShop, pictures: Path | None) -> None:
        self.page, self.shop, self.pictures = page, shop, pictures

    def sign_in(self, username: str) -> None:
        self.page.goto("/admin/login/")
        self.page.get_by_label("Username").fill(username)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page).to_have_url(re.compile("/admin/$"))
        self.start_counting()

    def start_counting(self) -> None:
        self.page.evaluate("sessionStorage.setItem('haat-clicks', 0); window.haatClicks = 0")

    @property
    def clicks(self) -> int:
        return int(self.page.evaluate("Number(sessionStorage.getItem('haat-clicks') || 0)"))

    def photograph(self, name: str, *, of: Locator | None = None) -> None:
        """A small picture for the manual, where one is asked for."""
        if self.pictures is None:
            return
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_timeout(400)
        shot = Image.open(BytesIO((of or self.page).screenshot(scale="css")))
        shot.thumbnail((1000, 1000))
        shot.convert("RGB").quantize(48).save(self.pictures / f"{name}.png", optimize=True)

    def find_page(self, title: str) -> int:
        found = self.page.request.get(f"/admin/api/main/pages/?search={title}&fields=_,id,title").json()[
            "items"
        ]
        return next(item["id"] for item in found if item["title"] == title)

    def open_settings(self) -> None:
        self.page.goto("/admin/settings/pages/shopsettings/")
        expect(self.page.get_by_role("tab", name="Look")).to_be_visible()

    def type_title(self, title: str) -> None:
        self.page.locator("#id_title").press_sequentially(title, delay=15)

    def add_block(self, name: str) -> Locator:
        """Append a block to the body; two clicks. Returns its part of the form."""
        blocks = self.page.locator(
            "#body-root > [data-streamfield-stream-container] > [data-streamfield-child]"
        )
        before = blocks.count()
        self.page.locator("#panel-child-content-body-section .c-sf-add-button").last.click()
        self.page.get_by_role("option", name=name, exact=True).click()
        expect(blocks).to_have_count(before + 1)
        return blocks.nth(before)

    def wait_for_draft(self) -> None:
        """A new page's first draft draws the footer anew, and would close its menu."""
        self.page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"), timeout=SAVED_WITHIN)
        self.page.wait_for_load_state("networkidle")

    def publish(self) -> None:
        """Two clicks."""
        self.page.get_by_role("button", name="More actions").click()
        self.page.locator("button[name=action-publish]").click()
        expect(self.page.get_by_text(re.compile("(created and|has been) published"))).to_be_visible(
            timeout=SAVED_WITHIN
        )

    def submit(self) -> None:
        """Ask for approval; two clicks."""
        self.page.get_by_role("button", name="More actions").click()
        self.page.locator("button[name=action-submit]").click()
        expect(self.page.get_by_text(re.compile("has been submitted"))).to_be_visible(timeout=SAVED_WITHIN)

    def open_preview(self) -> Frame:
        """The preview beside the form; one click."""
        self.page.get_by_role("button", name="Toggle preview").click()
        frame = self.page.frame_locator("#w-preview-iframe, #preview-iframe").first
        expect(frame.locator("main")).to_be_visible(timeout=SAVED_WITHIN)
        return frame
