"""What a page lacks, said to its editor."""

import pytest
from django.urls import reverse

from pages.content_checks import check_page
from pages.models import LandingPage
from tests.factories.catalogue import make_picture, make_product, page_of

pytestmark = pytest.mark.django_db


def test_a_product_without_price_picture_and_words(admin):
    product = make_product(title="Mug", description="", unit_price="0.00")
    problems = check_page(page_of(product))
    assert [problem.split(",")[0].rstrip(".") for problem in problems] == [
        "The product has no price",
        "The product has no picture",
        "The product has no description beside its price",
        "There is no description for search engines: write one under Promote",
    ]
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[page_of(product).pk])).content.decode()
    assert "The product has no picture." in html


def test_a_product_with_all_of_it(admin):
    product = make_product(title="Mug", description="Holds a lot.", pictures=[make_picture()])
    page = page_of(product)
    item = page.pictures.get()
    item.caption = "A mug"
    item.save()
    assert check_page(page_of(product)) == []
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Nothing is missing." in html


def test_blocks_that_show_nothing_are_named(home):
    make_picture()
    hero = {"heading": "Hi", "text": "", "picture": make_picture(), "link_label": "Look", "link_page": None}
    grid = {"heading": "Gifts", "rule": "tag", "tag": "gift", "products": [], "limit": 8}
    page = LandingPage(title="T" * 61, body=[("hero", hero), ("product_grid", grid)], search_description="S")
    problems = check_page(page)
    assert len(problems) == 4
    assert "A button leads nowhere, so it is not shown." in problems
    assert "The product grid “Gifts” finds no product, so it is not shown." in problems
    assert any("longer than the 60 letters" in problem for problem in problems)


def test_an_empty_page_is_told(home):
    assert "The page is empty: add a block." in check_page(LandingPage(title="Sale"))
