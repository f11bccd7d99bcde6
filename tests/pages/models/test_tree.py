"""Which page may stand where: a wrong tree cannot be built."""

import pytest
from wagtail.models import Page

from pages.models import (
    CollectionPage,
    FormPage,
    HomePage,
    LandingPage,
    PolicyPage,
    ProductPage,
    StandardPage,
)

ALLOWED = {
    HomePage: {CollectionPage, LandingPage, StandardPage, PolicyPage, FormPage},
    CollectionPage: {ProductPage},
    LandingPage: set(),
    StandardPage: set(),
    PolicyPage: set(),
    FormPage: set(),
    ProductPage: set(),
}


@pytest.mark.parametrize("parent", ALLOWED, ids=lambda model: model.__name__)
def test_below_a_page_stands_only_what_belongs_there(parent):
    assert set(parent.allowed_subpage_models()) == ALLOWED[parent]


def test_only_home_pages_stand_at_the_top():
    own = {model for model in Page.allowed_subpage_models() if model in ALLOWED}
    assert own == {HomePage}


@pytest.mark.django_db
def test_a_shop_has_one_home_page_only(home):
    assert not HomePage.can_create_at(home.get_parent())


@pytest.mark.parametrize("model", ALLOWED, ids=lambda model: model.__name__)
def test_every_page_type_says_what_it_is_for(model):
    assert model.get_page_description()
