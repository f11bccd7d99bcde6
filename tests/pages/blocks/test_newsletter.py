"""Signing up from a block: its own words are what is kept as agreed to."""

import html

import pytest
from django.test import Client

from notifications.models import Consent
from pages.models import LandingPage

pytestmark = pytest.mark.django_db
OURS = {"headers": {"sec-fetch-site": "same-origin"}}
BLOCK = ("newsletter", {"heading": "News", "text": "", "wording": "Yes, once a month.", "button": "Go"})


@pytest.fixture
def asking(client, home) -> str:
    """What the form of a page with the block brings along; the same bytes each time."""
    page = home.add_child(instance=LandingPage(title="Sale", slug="sale", body=[BLOCK]))
    text = client.get(page.url).content.decode()
    assert text == client.get(page.url).content.decode()
    return html.unescape(text.split('name="asking" value="', 1)[1].partition('"')[0])


def send(asking: str, *, email: str = "asha@example.com"):
    return Client().post("/newsletter/", {"email": email, "asking": asking}, **OURS)


def test_the_words_and_the_page_are_kept(asking):
    assert send(asking).status_code == 200
    consent = Consent.objects.get()
    assert (consent.address, consent.wording, consent.source) == (
        "asha@example.com",
        "Yes, once a month.",
        "/sale/",
    )
    assert consent.confirmed_at is None


def test_a_wrong_address_comes_back_with_the_same_words(asking):
    answer = send(asking, email="asha")
    assert answer.status_code == 400
    assert "Yes, once a month." in answer.content.decode()
    assert html.unescape(answer.content.decode()).count(asking) == 1


def test_forged_words_are_refused(asking):
    answer = send(asking[:-1] + ("A" if asking[-1] != "A" else "B"))
    assert (answer.status_code, Consent.objects.count()) == (400, 0)
    assert "Open the page again." in answer.content.decode()
