"""Pages that an editor composes, sends for approval and moves."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.editors.desk import SAVED_WITHIN, Desk


def next_friday() -> datetime:
    """At 18:00, never today."""
    today = datetime.now()  # noqa: DTZ005 - the shop's wall clock, as somebody types it
    days = (4 - today.weekday()) % 7 or 7
    return (today + timedelta(days=days)).replace(hour=18, minute=0, second=0, microsecond=0)


@pytest.mark.xfail(
    reason="The first draft of a new landing page with a promotion is not saved within a minute; cause not found yet."
)
def test_a_landing_page_with_products_and_a_banner_for_friday(editor: Desk, visitor: Page):
    page, friday = editor.page, next_friday()
    page.goto(f"/admin/pages/add/pages/landingpage/{editor.find_page('Haat')}/")
    editor.start_counting()
    editor.type_title("Friday market")
    grid = editor.add_block("Product grid")
    grid.get_by_label("Heading").fill("Fresh on the table")
    editor.photograph("landing-page-grid")
    banner = editor.add_block("Promotion")
    banner.get_by_label("Heading").fill("Ten percent off, Friday from six")
    banner.get_by_label("From").fill(friday.strftime("%Y-%m-%d %H:%M"))
    page.locator("body").dispatch_event("mousedown")  # beside the calendar, which covers the buttons
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
    editor.wait_for_draft()
    editor.photograph("landing-page-banner")
    editor.publish()
    assert editor.clicks <= 8

    visitor.goto("/friday-market/")
    expect(visitor.get_by_role("heading", name="Fresh on the table")).to_be_visible()
    assert visitor.locator("a.card__link").count() == 8
    expect(visitor.get_by_text("Ten percent off")).to_have_count(0)

    # What Friday will bring, two clicks away.
    page.goto(f"/admin/pages/{editor.find_page('Friday market')}/edit/")
    editor.start_counting()
    frame = editor.open_preview()
    expect(frame.get_by_text("Ten percent off")).to_have_count(0)
    option = page.locator("option", has_text=re.compile(r"As of .*18:00")).first
    page.get_by_label("Preview mode").select_option(value=option.get_attribute("value"))
    expect(frame.get_by_text("Ten percent off")).to_be_visible(timeout=SAVED_WITHIN)
    editor.photograph("preview-as-of-friday")
    assert editor.clicks <= 2


def test_a_policy_page_goes_through_approval(open_desk, visitor: Page):
    editor = open_desk("editor")
    page = editor.page
    policy = editor.find_page("Returns")
    page.goto(f"/admin/pages/{policy}/edit/")
    editor.start_counting()
    expect(page.locator("button[name=action-publish]")).to_have_count(0)
    page.locator("#id_title").fill("Returns and refunds")
    editor.photograph("policy-for-approval")
    editor.submit()
    assert editor.clicks <= 2
    visitor.goto("/returns/")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Returns")

    manager = open_desk("manager")
    page = manager.page
    expect(page.get_by_text("Returns and refunds").first).to_be_visible()
    manager.photograph("approval-dashboard")
    page.goto(f"/admin/pages/{policy}/edit/")
    manager.start_counting()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Approve and Publish", exact=True).click()
    expect(page).to_have_url(re.compile(r"/admin/pages/\d+/$"), timeout=SAVED_WITHIN)
    assert manager.clicks == 2
    visitor.goto("/returns/")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Returns and refunds")


def test_a_page_gets_a_new_address_and_the_old_one_leads_there(editor: Desk, visitor: Page):
    page = editor.page
    page.goto(f"/admin/pages/{editor.find_page('About us')}/edit/")
    editor.start_counting()
    page.get_by_role("tab", name="Promote").click()
    page.get_by_label("Slug").fill("who-we-are")
    editor.photograph("new-address")
    editor.publish()
    assert editor.clicks == 3
    answer = visitor.goto("/about/")
    assert answer is not None
    assert answer.status == 200
    expect(visitor).to_have_url(re.compile("/who-we-are/$"))
