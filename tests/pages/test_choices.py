"""Sizes and colours from the page form."""

from decimal import Decimal

import pytest
from django.urls import reverse

from pages.invariants import CHECKS
from pages.models import ProductPage
from shop.models import Product
from tests.factories.catalogue import make_product, make_tax_class, page_of
from tests.pages.editing import add_page, publish

pytestmark = pytest.mark.django_db
MEDIUM = {"name": "Size", "own": "S", "value": "M", "unit_price": "549.00", "inventory": 4}


def add(client, page, **fields):
    url = reverse("add_product_choice", args=[page.pk])
    return client.post(url, {**MEDIUM, **fields}, content_type="application/json")


def test_a_second_size_is_a_product_of_its_own(admin, client):
    books = make_tax_class(name="Cloth", rate="5.00")
    product = make_product(title="Kurta", unit_price="499.00", inventory=2, tax_class_id=books.pk)
    answer = add(admin, page_of(product))
    assert answer.json() == {
        "message": "The choice is added.",
        "choices": [
            {"choice": "S", "unit_price": "499.00", "inventory": 2},
            {"choice": "M", "unit_price": "549.00", "inventory": 4},
        ],
    }
    made = Product.objects.get(variant_of=product)
    assert (made.title, made.unit_price, made.inventory) == ("Kurta, M", Decimal("549.00"), 4)
    assert (made.is_live, made.tax_class) == (True, books)
    labels = [choice.label for choice in client.get(page_of(product).url).context["choices"]]
    assert labels == ["S", "M"]
    assert add(admin, page_of(product), own="", value="L", name="ignored").status_code == 200
    assert [option.name for option in Product.objects.get(choice="L").options.all()] == ["Size"]
    assert [problem for check in CHECKS for problem in check()] == []


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"own": ""}, "own"),
        ({"value": "s"}, "value"),
        ({"value": ""}, "value"),
        ({"unit_price": "0"}, "unit_price"),
        ({"inventory": -1}, "inventory"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(admin, fields, wrong):
    product = make_product()
    answer = add(admin, page_of(product), **fields)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [wrong])
    assert not Product.objects.exclude(pk=product.pk).exists()
    assert not product.options.exists()


def test_choices_of_a_draft_go_on_sale_with_it(admin, shelf):
    add_page(admin, shelf, title="Kurta", as_json=True)
    page = ProductPage.objects.get()
    Product.objects.filter(pk=page.product_id).update(unit_price=499)
    assert add(admin, page).status_code == 200
    assert not Product.objects.live().exists()
    publish(admin, page, title="Kurta")
    assert Product.objects.live().count() == 2


def test_the_form_shows_the_family(admin):
    product = make_product(title="Kurta")
    url = reverse("wagtailadmin_pages:edit", args=[page_of(product).pk])
    assert 'haat-choices" hidden' in admin.get(url).content.decode()
    add(admin, page_of(product))
    html = admin.get(url).content.decode()
    assert 'haat-choices" hidden' not in html
    assert "<td>₹549.00</td>" in html
    assert 'name="own"' not in html
