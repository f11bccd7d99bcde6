"""The checkout page's deliveries: what it shows first, and that nobody pays what they did not see."""

import pytest

from checkout.models import Order
from tests.checkout.views.test_checkout import FORM, fill
from tests.factories.catalogue import make_item
from tests.factories.shipping import make_method, make_rate, make_zone

pytestmark = pytest.mark.django_db


@pytest.fixture
def rates():
    zone = make_zone(cash=True, cash_fee="30.00", cash_cap="500.00")
    make_rate(zone=zone, method=make_method(name="Standard", days=(3, 6)), charge="49.00", free_from="999.00")
    make_rate(zone=zone, method=make_method(name="Express", days=(1, 2), position=1), charge="149.00")
    make_zone(pins=[(744101, 744304)], delivers=False)


def update(client, **typed):
    return client.post("/checkout/", {**FORM, "update": "1", **typed})


def test_delivery_is_only_told_once_there_is_a_pin_code(client, rates):
    fill(client, make_item(unit_price="100.00"))
    page = client.get("/checkout/")
    choices = page.context["choices"]
    assert (choices.options, choices.cash, choices.total) == ((), None, 110)
    assert "from ₹49" in page.content.decode()
    assert "from ₹49" in client.get("/cart/").content.decode()


def test_typed_pin_code_brings_the_choices_and_loses_nothing(client, rates):
    fill(client, make_item(unit_price="100.00"))
    page = update(client, state="", accept_terms="")
    choices = page.context["choices"]
    assert page.status_code == 200
    assert [(option.slug, option.charge) for option in choices.options] == [
        ("standard", 49),
        ("express", 149),
    ]
    assert (choices.total, choices.wishes.delivery, choices.takes_cash) == (159, "standard", True)
    content = page.content.decode()
    assert 'value="12 MG Road"' in content
    assert '<option value="KA" selected>' in content
    assert 'name="shown_total" value="159.00"' in content
    assert Order.objects.count() == 0


def test_chosen_delivery_and_cash_change_the_total(client, rates):
    fill(client, make_item(unit_price="100.00"))
    page = update(client, delivery="express", payment_method="cod")
    assert page.context["choices"].total == 289
    assert "Place order, pay ₹289 on delivery" in page.content.decode()


def test_cash_is_offered_up_to_its_cap_only(client, rates):
    fill(client, make_item(unit_price="450.00"))
    page = update(client, payment_method="cod")
    choices = page.context["choices"]
    assert (choices.takes_cash, choices.pays_cash, choices.total) == (False, False, 544)
    assert "For orders up to ₹500." in page.content.decode()


def test_address_that_nothing_goes_to_says_so_beside_its_field(client, rates):
    fill(client, make_item())
    sentence = "We do not deliver to PIN code 744101. Please choose another address."
    assert sentence in update(client, postal_code="744101", state="AN").content.decode()
    page = client.post("/checkout/", {**FORM, "postal_code": "744101", "state": "AN"})
    assert (page.status_code, page.context["form"].errors["postal_code"]) == (400, [sentence])
    assert Order.objects.count() == 0


def test_total_that_was_not_shown_is_shown_before_it_is_ordered(client, rates):
    fill(client, make_item(unit_price="100.00"))
    page = client.post("/checkout/", {**FORM, "shown_total": "110.00"})
    assert (page.status_code, Order.objects.count()) == (409, 0)
    assert "With delivery your order comes to ₹159." in page.content.decode()
    assert client.post("/checkout/", {**FORM, "shown_total": "159.00"}).status_code == 302
    assert Order.objects.get().total == 159


def test_order_is_placed_in_cash(client, rates):
    fill(client, make_item(unit_price="100.00"))
    form = {**FORM, "delivery": "express", "payment_method": "cod", "shown_total": "289.00"}
    answer = client.post("/checkout/", form)
    order = Order.objects.get()
    assert (order.shipping_method, order.payment_method, order.total) == ("Express", "cod", 289)
    page = client.get(answer["Location"]).content.decode()
    assert "Your order is placed" in page
    assert "You pay <strong>₹289</strong> in cash when it arrives." in page
    assert "pay-button" not in page


def test_delivery_that_is_not_offered_and_cash_that_is_not_taken_are_refused(client, rates):
    fill(client, make_item(unit_price="450.00"))
    drone = client.post("/checkout/", {**FORM, "delivery": "drone"})
    cash = client.post("/checkout/", {**FORM, "payment_method": "cod"})
    assert (drone.status_code, cash.status_code) == (409, 409)
    assert drone.context["problem"].startswith("This way of delivery is not offered")
    assert cash.context["problem"] == "Cash on delivery is offered up to ₹500. Please pay online."
    assert Order.objects.count() == 0
