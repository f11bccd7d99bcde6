"""Price and stock from the page form: at once, or not at all."""

from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from database.transactions import Busy
from shop.models import Product, StockMovement
from tests.factories.catalogue import make_product, make_variant, page_of
from tests.pages.editing import add_page, edit_page, fresh, newest_product_page, publish

pytestmark = pytest.mark.django_db


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
            "weight_grams": 0,
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
    facts = {"unit_price": "100.00", "inventory": 10, "seen": 10}
    assert apply(admin, page_of(product), {**facts, "weight_grams": 500}).json()["weight_grams"] == 500
    weights = dict(Product.objects.values_list("pk", "weight_grams"))
    assert weights == {product.pk: 500, same.pk: 500, other.pk: 900}
    assert apply(admin, page_of(product), {**facts, "weight_grams": None}).json()["weight_grams"] == 500


def test_facts_are_told_in_the_history_of_the_page(moderator):
    page = page_of(make_product(inventory=10))
    apply(moderator, page, {"unit_price": "129.50", "inventory": 25, "seen": 10})
    entry = PageLogEntry.objects.get(action="haat.change_facts")
    assert (entry.page_id, entry.user.username) == (page.pk, "moderator")
    assert entry.data == {"unit_price": "129.50", "inventory": 25, "seen": 10, "weight_grams": 0}
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
