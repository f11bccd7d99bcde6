"""A shopper's words on a page."""

import pytest

from shop.models import Review
from tests.factories.catalogue import make_product, page_of

pytestmark = pytest.mark.django_db


def test_an_approved_review_names_its_product_while_that_is_live(show):
    product = make_product(title="Mug")
    review = Review.objects.create(product=product, name="Asha", description="Holds a lot.", rating=4)
    block = ("review", {"review": review})
    html = show(block)
    assert "Holds a lot." in html
    assert "4 of 5 stars" in html
    assert f'<a href="{page_of(product).url}">Mug</a>' in html
    page_of(product).unpublish()
    assert page_of(product).url not in show(block).split("<main")[1]
    Review.objects.update(is_approved=False)
    assert "Holds a lot." not in show(block)


def test_a_deleted_review_leaves_nothing(show):
    review = Review.objects.create(product=make_product(), name="Asha", description="Gone.", rating=4)
    block = ("review", {"review": review})
    review.delete()
    assert "<figure" not in show(block).split("<main")[1]
