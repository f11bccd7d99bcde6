"""Bulk changes in the admin: choose, look, apply, undo."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from shop.models import BulkChange, Product
from tests.factories.catalogue import make_collection, make_product, warm_settings

pytestmark = pytest.mark.django_db

LESS = {"kind": "percent", "value": "-20", "rounding": "paisa", "reason": "Clearance"}
MORE = {"kind": "add", "value": "5", "reason": "Delivery"}


@pytest.fixture
def products(broker) -> list[Product]:
    shelf = make_collection()
    return [
        make_product(title=title, sku=f"7-{title}", collection=shelf, unit_price="100.00", inventory=10)
        for title in "ABC"
    ]


def prepare(client, products, *, field="price", body=LESS, **more):
    chosen = {"chosen": [product.pk for product in products]}
    return client.post(reverse("catalogue_change", args=[field]), body | chosen | more)


def prices() -> list[Decimal]:
    return list(Product.objects.order_by("title").values_list("unit_price", flat=True))


def test_form_is_about_those_ticked(manager, products):
    ids = [product.pk for product in products[:2]]
    html = manager.get(reverse("catalogue_change", args=["price"]), {"chosen": ids}).content.decode()
    assert "For 2 products." in html
    assert re.findall(r'name="chosen" value="(\d+)"', html) == [str(pk) for pk in ids]


def test_nothing_ticked_leads_back(manager, products):
    answer = manager.get(reverse("catalogue_change", args=["price"]))
    assert (answer.status_code, answer["Location"]) == (302, "/admin/catalogue/")


def test_unknown_field_is_not_found(manager, products):
    assert manager.get(reverse("catalogue_change", args=["title"])).status_code == 404


def test_price_change_is_seen_applied_and_undone(manager, products):
    answer = prepare(manager, products[:2])
    change = BulkChange.objects.get()
    assert answer["Location"] == reverse("catalogue_change_preview", args=[change.pk])
    html = manager.get(answer["Location"]).content.decode()
    for text in ("2 products would change.", "₹80", "Apply to 2 products", "Price: 20 % less", "Clearance"):
        assert text in html
    assert prices() == [Decimal("100.00")] * 3
    manager.post(reverse("catalogue_change_apply", args=[change.pk]))
    assert prices() == [Decimal("80.00"), Decimal("80.00"), Decimal("100.00")]
    html = manager.get(answer["Location"]).content.decode()
    assert "2 products changed." in html
    assert "Undo this change" in html
    answer = manager.post(reverse("catalogue_change_undo", args=[change.pk]), follow=True)
    assert "The change is undone." in answer.content.decode()
    assert prices() == [Decimal("100.00")] * 3


def test_all_that_match_are_found_again(manager, products):
    manager.post(
        reverse("catalogue_change", args=["stock"]),
        MORE | {"chosen": [products[0].pk], "all": "1", "within": "q=b&p=7"},
    )
    assert [line.product.title for line in BulkChange.objects.get().lines.all()] == ["B"]


def test_conflict_is_told_on_its_line(manager, products):
    prepare(manager, products)
    Product.objects.filter(pk=products[1].pk).update(unit_price=Decimal("70.00"))
    change = BulkChange.objects.get()
    manager.post(reverse("catalogue_change_apply", args=[change.pk]))
    html = manager.get(reverse("catalogue_change_preview", args=[change.pk])).content.decode()
    assert "It was ₹100 when you looked, it is ₹70 now. Left alone." in html
    assert "1 product was changed by somebody else meanwhile" in html
    html = manager.get(
        reverse("catalogue_change_preview", args=[change.pk]) + "?outcome=conflict"
    ).content.decode()
    assert html.count("Left alone.") == 1
    assert "Changed (2)" in html


@pytest.mark.parametrize(
    ("field", "body", "sentence"),
    [
        ("price", LESS | {"value": ""}, "Type a number that is not 0."),
        ("price", LESS | {"value": "-100"}, "Choose a percentage above −100 and up to 1000."),
        ("price", LESS | {"kind": "set", "value": "0.5"}, "₹1 is the lowest price."),
        (
            "price",
            LESS | {"kind": "keep", "value": ""},
            "Prices end in paise already: choose how to round them.",
        ),
        ("price", LESS | {"reason": ""}, "Say why, in a few words: others will read it in the history."),
        ("stock", MORE | {"value": "0"}, "Type a number that is not 0."),
        ("stock", MORE | {"kind": "counted", "value": "-1"}, "What was counted is 0 or more."),
        ("stock", MORE | {"kind": "counted", "value": "10"}, "Nothing would change"),
    ],
)
def test_bad_wish_is_said_and_the_choice_kept(manager, products, field, body, sentence):
    html = prepare(manager, products, field=field, body=body).content.decode()
    assert sentence in html
    assert len(re.findall(r'name="chosen" value="\d+"', html)) == 3
    assert not BulkChange.objects.exists()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (LESS, "20 % less"),
        (LESS | {"value": "7.5", "rounding": "whole"}, "7.5 % more, to whole rupees"),
        (LESS | {"kind": "amount", "value": "-10"}, "₹10 less"),
        (
            LESS | {"kind": "set", "value": "49", "rounding": "ninety_nine"},
            "₹49 for all, to prices that end in .99",
        ),
        (
            LESS | {"kind": "keep", "value": "", "rounding": "ninety_nine"},
            "rounded, to prices that end in .99",
        ),
    ],
)
def test_change_is_told_in_words(manager, products, body, words):
    prepare(manager, products, body=body)
    assert BulkChange.objects.get().description == words


def test_list_shows_what_was_applied(manager, looker, products):
    prepare(manager, products)
    prepare(manager, products, field="stock", body=MORE)
    change = BulkChange.objects.get(field="stock")
    manager.post(reverse("catalogue_change_apply", args=[change.pk]))
    html = looker.get(reverse("catalogue_changes")).content.decode()
    assert "Stock: 5 more of each" in html
    assert "20 % less" not in html
    undo = reverse("catalogue_change_undo", args=[change.pk])
    assert undo not in html
    assert undo in manager.get(reverse("catalogue_changes")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_preview_asks_no_more_for_more_lines(manager, count_queries, products, rows):
    prepare(manager, products[:rows])
    url = reverse("catalogue_change_preview", args=[BulkChange.objects.get().pk])
    warm_settings()
    manager.get(url)
    with count_queries(20) as counted:
        manager.get(url)
    assert len(counted) == 12
