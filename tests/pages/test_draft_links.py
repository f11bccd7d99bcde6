"""The link by which others see a draft."""

import pytest
from django.urls import reverse

from pages.models import LandingPage
from tests.factories.users import make_user
from tests.pages.conftest import sign_in

pytestmark = pytest.mark.django_db


def test_an_editor_gets_a_link_that_works(admin, client, home, settings):
    settings.HEADLESS_PREVIEW_URL = "https://front.example.com/preview"
    page = home.add_child(instance=LandingPage(title="Sale", slug="sale"))
    assert (
        reverse("draft_link", args=[page.pk]) in admin.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    )
    html = admin.get(reverse("draft_link", args=[page.pk])).content.decode()
    assert "https://front.example.com/preview?token=" in html
    address = html.split('href="http://testserver/api/drafts/', 1)[1].partition('"')[0]
    assert client.get(f"/api/drafts/{address}").json()["title"] == "Sale"


def test_who_may_not_edit_gets_none(home):
    address = reverse("draft_link", args=[home.pk])
    assert sign_in(make_user(username="shopper")).get(address).status_code in (302, 403)
