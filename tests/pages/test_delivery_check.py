from datetime import UTC, datetime

import pytest

from pages.delivery_check import check_delivery
from tests.factories.catalogue import make_product, page_of
from tests.factories.shipping import make_method, make_rate, make_zone
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
JSON = {"Accept": "application/json"}


@pytest.fixture
def product():
    zone = make_zone(cash=True, cash_fee="30.00", cash_cap="5000.00")
    make_rate(zone=zone, method=make_method(name="Standard", days=(3, 6)), charge="49.00", free_from="999.00")
    make_rate(
        zone=zone,
        method=make_method(name="Express", days=(1, 1), position=1),
        kind="by_weight",
        bands=[("0", "99.00"), ("1000", "149.00")],
    )
    make_zone(pins=[(744101, 744304)], delivers=False)
    return make_product(title="Lamp", unit_price="100.00", weight_grams=1200)


def test_served_pin_code(product):
    check = check_delivery(product=product, pin_code="560038", at=AT)
    assert (check.is_deliverable, check.message) == (True, "We deliver to 560038.")
    assert [(item.name, item.when, item.charge, item.rule) for item in check.choices] == [
        ("Standard", "3–6 days, Wed 25 Nov – Sat 28 Nov", "₹49", "Free from ₹999"),
        ("Express", "1 day, Mon 23 Nov", "₹149", "By weight"),
    ]
    assert check.cash == "Cash on delivery for ₹30 more."


def test_pin_code_that_is_not_served(product):
    check = check_delivery(product=product, pin_code="744101", at=AT)
    assert (check.is_deliverable, check.message, check.choices) == (
        False,
        "We do not deliver to 744101 yet.",
        (),
    )


@pytest.mark.parametrize(
    ("zone", "unit_price", "sentence"),
    [
        ({"cash": False}, "100.00", "Cash on delivery is not offered there."),
        ({"cash": True}, "100.00", "Cash on delivery at no extra charge."),
        (
            {"cash": True, "cash_cap": "100.00"},
            "100.00",
            "Cash on delivery is offered for orders up to ₹100.",
        ),
    ],
)
def test_cash_is_told(zone, unit_price, sentence):
    make_zone(**zone)
    check = check_delivery(product=make_product(unit_price=unit_price), pin_code="560038", at=AT)
    assert check.cash == sentence


def test_new_shop_delivers_free_without_a_promise():
    (choice,) = check_delivery(product=make_product(), pin_code="560038", at=AT).choices
    assert (choice.name, choice.charge, choice.when, choice.rule) == ("Standard delivery", "Free", "", "")


def test_script_is_answered_in_json(client, product):
    answer = client.get("/delivery-check/", {"product": product.pk, "pin": "560038"}, headers=JSON)
    body = answer.json()
    assert (answer.status_code, body["is_deliverable"], len(body["choices"])) == (200, True, 2)
    assert "Accept" in answer["Vary"]
    wrong = client.get("/delivery-check/", {"product": product.pk, "pin": "012345"}, headers=JSON)
    assert (wrong.status_code, wrong.json()) == (
        400,
        {"error": "Enter a PIN code of six digits, for example 560001."},
    )


def test_form_without_a_script_is_answered_by_a_page(client, product):
    answer = client.get("/delivery-check/", {"product": product.pk, "pin": "560038"})
    content = answer.content.decode()
    assert "Delivery of Lamp" in content
    assert "Free from ₹999" in content
    assert not answer.cookies
    wrong = client.get("/delivery-check/", {"product": product.pk, "pin": ""})
    assert wrong.status_code == 400
    assert "Enter a PIN code of six digits" in wrong.content.decode()


@pytest.mark.parametrize("headers", [{}, JSON])
def test_answer_is_everybodys_and_asked_for_anew_each_time(client, product, headers):
    asked = {"product": product.pk, "pin": "560038"}
    answer = client.get("/delivery-check/", asked, headers=headers)
    assert answer.headers["Cache-Control"] == "max-age=0, must-revalidate"
    client.force_login(make_customer().user)
    assert client.get("/delivery-check/", asked, headers=headers).content == answer.content
    again = client.get(
        "/delivery-check/", asked, headers={**headers, "If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert not answer.headers["ETag"].startswith("W/")


@pytest.mark.parametrize("product_id", ["0", "999999", "x", ""])
def test_product_that_is_not_sold_is_not_found(client, product_id):
    assert client.get("/delivery-check/", {"product": product_id, "pin": "560038"}).status_code == 404


def test_product_page_asks_for_the_pin_code(client, product):
    content = client.get(page_of(product).url).content.decode()
    assert "Check delivery to your PIN code" in content
    assert f'name="product" value="{product.pk}"' in content
