"""From the table to a sale whose form is filled."""

import pytest
from django.urls import reverse

from tests.factories.catalogue import make_collection, make_product, make_variant
from tests.factories.users import make_admin
from tests.pages.conftest import sign_in

pytestmark = pytest.mark.django_db

ADD = "/admin/snippets/shop/sale/add/"


@pytest.fixture
def seller():
    return sign_in(make_admin())


def put_on_sale(client, **query) -> str:
    return client.get(reverse("catalogue_put_on_sale"), query)["Location"]


def test_all_of_a_collection_is_a_sale_of_the_collection(seller):
    shelf = make_collection()
    within = f"collection={shelf.pk}&ordering=title"
    assert put_on_sale(seller, all="1", within=within) == f"{ADD}?collection={shelf.pk}"


def test_narrowed_collection_is_a_sale_of_its_products(seller):
    shelf = make_collection()
    low = make_product(collection=shelf, inventory=2)
    make_product(collection=shelf, inventory=50)
    within = f"collection={shelf.pk}&stock=low"
    assert put_on_sale(seller, all="1", within=within) == f"{ADD}?product={low.pk}"


def test_size_stands_for_its_product(seller):
    lead = make_product()
    variant = make_variant(lead)
    assert put_on_sale(seller, chosen=[variant.pk, lead.pk]) == f"{ADD}?product={lead.pk}"


def test_too_many_products_are_told_another_way(seller, monkeypatch):
    monkeypatch.setattr("pages.desk.sales.MOST_NAMED", 1)
    chosen = [make_product().pk, make_product().pk]
    assert put_on_sale(seller, chosen=chosen) == "/admin/catalogue/"
    assert "Choose up to 1 products" in seller.get("/admin/catalogue/").content.decode()
