"""Price, stock and other facts from the page form: at once, or not at all."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from database.transactions import Busy
from shop.models import Product, StockMovement
from tests.factories.catalogue import make_product, make_tax_class, make_variant, page_of
from tests.pages.editing import add_page, edit_page, fresh, newest_product_page, publish

pytestmark = pytest.mark.django_db


FACTS = {"unit_price": "100.00", "inventory": 10, "seen": 10}
WEIGHT = "Enter the weight in whole grams, 0 or more. 0 means not known."
THRESHOLD = "Enter a whole number, 0 or more. With 0 the shop never says that stock is low."
HSN_CODE = "Enter an HSN code of 4, 6 or 8 digits, for example 6912."


def apply(client, page, body):
    return client.post(reverse("apply_product_facts", args=[page.pk]), body, content_type="application/json")


def test_facts_change_at_once(publisher):
    product = make_product(unit_price="100.00", inventory=10)
    answer = apply(publisher, page_of(product), {"unit_price": "129.50", "inventory": 25, "seen": 10})
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "message": "Price and stock are changed.",
            "unit_price": "129.50",
            "inventory": 25,
            "tax_class": "",
            "hsn_code": "",
            "weight_grams": 0,
            "low_stock_threshold": 5,
        },
    )
    saved = Product.objects.get()
    assert (saved.unit_price, saved.inventory, saved.is_live) == (Decimal("129.50"), 25, True)
    movement = StockMovement.objects.latest("pk")
    assert (movement.delta, movement.reason, movement.note) == (15, "adjusted", "Page editor")
    assert movement.user.username in ("root", "moderator")


def test_weight_changes_with_the_facts_and_for_variants_that_weighed_the_same(admin):
    product = make_product(weight_grams=400)
    same, other = make_variant(product), make_variant(product, weight_grams=900)
    assert apply(admin, page_of(product), FACTS | {"weight_grams": 500}).json()["weight_grams"] == 500
    weights = dict(Product.objects.values_list("pk", "weight_grams"))
    assert weights == {product.pk: 500, same.pk: 500, other.pk: 900}
    assert apply(admin, page_of(product), FACTS | {"weight_grams": None}).json()["weight_grams"] == 500


def test_other_facts_change_with_price_and_stock(publisher):
    product = make_product()
    books = make_tax_class(name="Books", rate="5.00")
    others = {"tax_class": books.pk, "hsn_code": "4901", "weight_grams": 350, "low_stock_threshold": 8}
    answer = apply(publisher, page_of(product), FACTS | others)
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "message": "Price, stock and details are changed.",
            "unit_price": "100.00",
            "inventory": 10,
            **others,
        },
    )
    assert list(Product.objects.values(*others)) == [others]
    entry = PageLogEntry.objects.get(action="haat.change_facts")
    assert {name: entry.data[name] for name in others} == {**others, "tax_class": "Books"}


def test_facts_left_out_stay_as_they_are(admin):
    books = make_tax_class(name="Books", rate="5.00")
    others = {"tax_class_id": books.pk, "hsn_code": "4901", "weight_grams": 350, "low_stock_threshold": 8}
    product = make_product(**others)
    answer = apply(admin, page_of(product), FACTS | {"unit_price": "120.00"})
    assert answer.json()["message"] == "Price and stock are changed."
    assert list(Product.objects.values(*others)) == [others]


def test_tax_class_and_hsn_code_are_emptied(admin):
    product = make_product(tax_class_id=make_tax_class().pk, hsn_code="4901")
    answer = apply(admin, page_of(product), FACTS | {"tax_class": "", "hsn_code": ""})
    assert (answer.json()["tax_class"], answer.json()["hsn_code"]) == ("", "")
    assert Product.objects.values_list("tax_class", "hsn_code").get() == (None, "")


def test_other_facts_make_no_revision(admin):
    page = page_of(make_product())
    before = page.revisions.count()
    apply(admin, page, FACTS | {"tax_class": make_tax_class().pk, "hsn_code": "4901"})
    assert page.revisions.count() == before


def test_edit_form_shows_the_facts_without_names(admin):
    books = make_tax_class(name="Books", rate="5.00")
    product = make_product(tax_class_id=books.pk, hsn_code="4901", weight_grams=1350, low_stock_threshold=8)
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[page_of(product).pk])).content.decode()
    facts = html.split("data-choices-first")[0]
    fields = re.findall(r'data-facts-shown="([^"]*)"\s+data-facts-field="(\w+)"', facts)
    assert {name: value for value, name in fields} == {
        "unit_price": "100.00",
        "inventory": "10",
        "low_stock_threshold": "8",
        "tax_class": str(books.pk),
        "hsn_code": "4901",
        "weight_grams": "1350",
    }
    assert re.search(rf'<option value="{books.pk}"\s+selected>Books \(5.00 %\)</option>', html)
    for _value, name in fields:
        assert f'name="{name}"' not in html


def test_facts_are_told_in_the_history_of_the_page(moderator):
    page = page_of(make_product(inventory=10))
    apply(moderator, page, {"unit_price": "129.50", "inventory": 25, "seen": 10})
    entry = PageLogEntry.objects.get(action="haat.change_facts")
    assert (entry.page_id, entry.user.username) == (page.pk, "moderator")
    assert entry.data == {
        "unit_price": "129.50",
        "inventory": 25,
        "seen": 10,
        "tax_class": None,
        "hsn_code": "",
        "weight_grams": 0,
        "low_stock_threshold": 5,
    }
    history = moderator.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Price and stock changed" in history


def test_stock_that_changed_meanwhile_is_refused_whole(admin):
    product = make_product(unit_price="100.00", inventory=9)
    answer = apply(admin, page_of(product), {"unit_price": "1.00", "inventory": 25, "seen": 10})
    assert (answer.status_code, answer.json()) == (
        409,
        {"error": "The stock has changed meanwhile: it is 9 now.", "inventory": 9},
    )
    saved = Product.objects.get()
    assert (saved.unit_price, saved.inventory) == (Decimal("100.00"), 9)
    assert not PageLogEntry.objects.filter(action="haat.change_facts").exists()


def test_who_may_not_publish_may_not_price(editor):
    product = make_product(unit_price="100.00", inventory=10)
    answer = apply(editor, page_of(product), {"unit_price": "1.00", "inventory": 0, "seen": 10})
    assert (answer.status_code, answer.json()) == (
        403,
        {"error": "You may not change price and stock of this product."},
    )
    assert Product.objects.get().unit_price == Decimal("100.00")


def test_nobody_signed_in_is_sent_to_sign_in(client):
    answer = apply(client, page_of(make_product()), {})
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/admin/login/")


def test_facts_are_not_read_here(admin):
    page = page_of(make_product())
    assert admin.get(reverse("apply_product_facts", args=[page.pk])).status_code == 405


def test_page_that_is_gone_is_not_found(admin):
    assert admin.post("/admin/products/999999/facts/").status_code == 404


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"unit_price": "0.99"}, "unit_price", "Ensure this value is greater than or equal to 1."),
        ({"unit_price": "0"}, "unit_price", "Ensure this value is greater than or equal to 1."),
        ({"unit_price": "9.999"}, "unit_price", "Ensure that there are no more than 2 decimal places."),
        ({"unit_price": "NaN"}, "unit_price", "Enter a number."),
        ({"unit_price": ""}, "unit_price", "This field is required."),
        ({"inventory": -1}, "inventory", "Ensure this value is greater than or equal to 0."),
        ({"inventory": 10_000_001}, "inventory", "Ensure this value is less than or equal to 10000000."),
        ({"inventory": "many"}, "inventory", "Enter a whole number."),
        ({"seen": None}, "seen", "This field is required."),
        ({"weight_grams": -1}, "weight_grams", WEIGHT),
        ({"weight_grams": "light"}, "weight_grams", WEIGHT),
        ({"weight_grams": ""}, "weight_grams", WEIGHT),
        ({"low_stock_threshold": -1}, "low_stock_threshold", THRESHOLD),
        ({"low_stock_threshold": ""}, "low_stock_threshold", THRESHOLD),
        ({"hsn_code": "490"}, "hsn_code", HSN_CODE),
        ({"hsn_code": "49011"}, "hsn_code", HSN_CODE),
        ({"hsn_code": "490110100"}, "hsn_code", HSN_CODE),
        ({"hsn_code": "49O1"}, "hsn_code", HSN_CODE),
        ({"tax_class": 999_999}, "tax_class", "This tax class no longer exists. Choose another one."),
        ({"tax_class": "books"}, "tax_class", "This tax class no longer exists. Choose another one."),
    ],
)
def test_bad_numbers_change_nothing(admin, change, field, sentence):
    product = make_product(unit_price="100.00", inventory=10)
    body = {"unit_price": "50.00", "inventory": 5, "seen": 10, **change}
    answer = apply(admin, page_of(product), body)
    assert (answer.status_code, answer.json()) == (
        400,
        {"error": "Please check the numbers.", "fields": {field: [sentence]}},
    )
    assert (Product.objects.get().unit_price, Product.objects.get().inventory) == (Decimal("100.00"), 10)


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', "null"])
def test_body_that_is_no_object_is_refused(admin, body):
    answer = apply(admin, page_of(make_product()), body)
    assert (answer.status_code, sorted(answer.json()["fields"])) == (
        400,
        ["inventory", "seen", "unit_price"],
    )


def test_busy_database_is_told(admin, monkeypatch):
    def refuse(**kwargs):
        raise Busy("The shop is very busy right now.")

    monkeypatch.setattr("pages.admin_views.apply_facts", refuse)
    answer = apply(admin, page_of(make_product()), {"unit_price": "5", "inventory": 1, "seen": 1})
    assert (answer.status_code, answer.json()) == (503, {"error": "The shop is very busy right now."})


def test_draft_priced_first_goes_on_sale_when_published(publisher, shelf):
    add_page(publisher, shelf, as_json=True, title="Blue mug")
    page = newest_product_page()
    apply(publisher, page, {"unit_price": "250.00", "inventory": 4, "seen": 0})
    priced = Product.objects.get()
    assert (priced.unit_price, priced.inventory, priced.is_live) == (Decimal("250.00"), 4, False)
    publish(publisher, page, title="Blue mug", slug="blue-mug")
    sold = Product.objects.get()
    assert (sold.unit_price, sold.inventory, sold.is_live) == (Decimal("250.00"), 4, True)


def test_page_published_first_goes_on_sale_when_priced(publisher, shelf):
    add_page(publisher, shelf, title="Blue mug", **{"action-publish": "1"})
    apply(publisher, newest_product_page(), {"unit_price": "250.00", "inventory": 0, "seen": 0})
    sold = Product.objects.get()
    assert (sold.unit_price, sold.inventory, sold.is_live) == (Decimal("250.00"), 0, True)


def test_facts_leave_the_open_draft_alone(moderator):
    page = page_of(make_product(title="Mug", inventory=10))
    edit_page(moderator, page, as_json=True, title="Draft of a mug", slug="mug")
    apply(moderator, page, {"unit_price": "250.00", "inventory": 7, "seen": 10})
    page = fresh(page)
    assert (page.draft_title, page.title, page.product.title) == ("Draft of a mug", "Mug", "Mug")
    assert page.has_unpublished_changes
