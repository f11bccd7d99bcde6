"""Every block as an editor meets it: in the chooser, and in the form."""

import pytest
from django.urls import reverse

from pages.blocks import PageBody, ProductBody
from pages.models import LandingPage
from shop.models import Review
from tests.factories.catalogue import make_picture, make_product, page_of

pytestmark = pytest.mark.django_db
WITH_PICTURE = ("hero", "product_grid", "collection_grid", "picture_with_text", "gallery", "video")
EMPTY_IN_A_NEW_SHOP = ("product_grid", "collection_grid", "gallery", "review")


def block_names() -> list[tuple[type, str]]:
    return [(body, name) for body in (PageBody, ProductBody) for name in body.base_blocks]


@pytest.mark.parametrize(("body", "name"), block_names())
@pytest.mark.parametrize("filled", [True, False])
def test_every_block_shows_something_in_the_chooser(body, name, filled, rf):
    """Before anybody has filled it; of a shop without products the lists are empty."""
    if filled:
        product = make_product(title="Mug", pictures=[make_picture()])
        Review.objects.create(product=product, name="Asha", description="Worth it. " * 9, rating=5)
    block = body.base_blocks[name]
    html = block.render(block.get_preview_value(), context={"request": rf.get("/")})
    if filled or name not in EMPTY_IN_A_NEW_SHOP:
        assert "<section" in html
        assert len(html) > 150
    assert block.meta.description
    assert ("<img" in html) == (filled and name in WITH_PICTURE)


def test_product_page_shows_its_own_blocks(client):
    product = make_product(body=[("rich_text", "<p>Fired twice.</p>")])
    assert "<p>Fired twice.</p>" in client.get(page_of(product).url).content.decode()


def test_editor_opens_a_page_with_every_block(admin, home):
    body = [(name, block.get_preview_value()) for name, block in PageBody.base_blocks.items()]
    page = home.add_child(instance=LandingPage(title="L", slug="l", body=body))
    assert admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
