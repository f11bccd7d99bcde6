"""A price or a stock changed in the table: at once with a reason, or not at all."""

from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from shop.models import PriceChange, Product, StockMovement
from tests.factories.catalogue import make_product, make_variant, page_of
from tests.factories.sales import make_sale

pytestmark = pytest.mark.django_db

PRICE = {"seen": "100.00", "unit_price": "80", "reason": "Clearance"}
COUNT = {"seen": 10, "way": "counted", "pieces": 25, "reason": "Stock count"}
DELTA = {"seen": 10, "way": "delta", "pieces": -3, "reason": "Broken"}


def send(client, name: str, product: Product, body):
    return client.post(reverse(name, args=[product.pk]), body, content_type="application/json")


def test_price_changes_at_once_and_says_what_the_row_shows(manager, manager_user):
    product = make_product(unit_price="100.00", inventory=10)
    make_sale(value="10")
    answer = send(manager, "catalogue_price", product, PRICE)
    assert (answer.status_code, answer.json()) == (
        200,
        {"value": "80.00", "text": "₹80", "sale": "₹72", "level": ""},
    )
    kept = PriceChange.objects.values_list("before", "after", "user", "note").get()
    assert kept == (Decimal("100.00"), Decimal("80.00"), manager_user.pk, "Clearance")
    entry = PageLogEntry.objects.get(action="haat.change_facts")
    assert (entry.page_id, entry.user) == (page_of(product).pk, manager_user)
    assert entry.data == {"sku": product.sku, "unit_price": "80.00", "was": "100.00", "reason": "Clearance"}


@pytest.mark.parametrize(("body", "left", "delta"), [(COUNT, 25, 15), (DELTA, 7, -3)])
def test_stock_changes_by_count_or_delta(manager, manager_user, body, left, delta):
    product = make_product(inventory=10)
    answer = send(manager, "catalogue_stock", product, body)
    assert (answer.status_code, answer.json()["value"], answer.json()["text"]) == (200, str(left), str(left))
    movement = StockMovement.objects.first()
    assert (movement.delta, movement.user, movement.note) == (delta, manager_user, body["reason"])
    assert PageLogEntry.objects.get(action="haat.change_facts").data["delta"] == delta


def test_sizes_change_as_well(manager):
    variant = make_variant(make_product(), inventory=10)
    assert send(manager, "catalogue_stock", variant, DELTA).json()["value"] == "7"
    assert Product.objects.get(pk=variant.pk).inventory == 7


@pytest.mark.parametrize(
    ("name", "body", "sentence", "value"),
    [
        ("catalogue_price", PRICE, "It was ₹100 when you looked, it is ₹90 now.", "90.00"),
        ("catalogue_stock", COUNT, "It was 10 when you looked, it is 7 now.", "7"),
        ("catalogue_stock", DELTA | {"pieces": -8}, "Only 7 are there: no more can be taken away.", "7"),
    ],
)
def test_conflict_is_said_and_nothing_overwritten(manager, name, body, sentence, value):
    product = make_product(unit_price="90.00", inventory=7)
    answer = send(manager, name, product, body)
    assert (answer.status_code, answer.json()["error"], answer.json()["value"]) == (409, sentence, value)
    assert Product.objects.values_list("unit_price", "inventory").get() == (Decimal("90.00"), 7)
    assert not PageLogEntry.objects.filter(action="haat.change_facts").exists()


WHY = "Say why, in a few words: others will read it in the history."


@pytest.mark.parametrize(
    ("name", "body", "fields"),
    [
        ("catalogue_price", PRICE | {"reason": " "}, {"reason": [WHY]}),
        ("catalogue_price", PRICE | {"unit_price": "0.5"}, {"unit_price": ["₹1 is the lowest price."]}),
        ("catalogue_price", PRICE | {"unit_price": ""}, {"unit_price": ["Type the new price in rupees."]}),
        ("catalogue_price", PRICE | {"unit_price": "x"}, {"unit_price": ["Type the new price in rupees."]}),
        ("catalogue_stock", COUNT | {"pieces": -1}, {"pieces": ["What was counted is 0 or more."]}),
        (
            "catalogue_stock",
            DELTA | {"pieces": "1.5"},
            {"pieces": ["Type how many pieces, as a whole number."]},
        ),
    ],
)
def test_bad_entries_are_said_beside_their_field(manager, name, body, fields):
    product = make_product(unit_price="100.00", inventory=10)
    answer = send(manager, name, product, body)
    assert (answer.status_code, answer.json()["fields"]) == (400, fields)
    assert Product.objects.values_list("unit_price", "inventory").get() == (Decimal("100.00"), 10)


def test_product_that_is_gone_is_not_found(manager):
    url = reverse("catalogue_price", args=[999_999])
    assert manager.post(url, PRICE, content_type="application/json").status_code == 404
