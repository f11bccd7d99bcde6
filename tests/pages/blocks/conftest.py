"""Blocks on a page, as shoppers get it."""

import pytest

from pages.models import LandingPage


@pytest.fixture
def show(client, home):
    """The rendered page of these blocks."""

    def show(*blocks) -> str:
        page = home.add_child(instance=LandingPage(title="Landing", slug="landing", body=list(blocks)))
        html = client.get(page.url).content.decode()
        page.delete()
        return html

    return show
