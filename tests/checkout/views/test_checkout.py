import pytest
from django.db import OperationalError

from checkout.models import Cart, Order
from checkout.selectors.orders import order_path
from database import transactions
from shop.models import Product
from tests.factories.catalogue import make_item
from tests.factories.orders import make_order
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db

FORM = {
    "email": "asha@example.com",
    "name": "Asha Rao",
    "phone": "+919876543210",
    "line1": "12 MG Road",
    "line2": "Indiranagar",
    "postal_code": "560038",
    "city": "Bengaluru",
    "state": "KA",
    "note": "Ring twice",
    "accept_terms": "on",
}


def fill(client, *products: Product, quantity: int = 1) -> None:
    for product in products:
        form = {"product_id": product.pk, "quantity": quantity}
        client.post("/cart/add/", form, headers={"Sec-Fetch-Site": "same-origin"})


def test_checkout_of_nothing_leads_to_the_cart(client):
    assert client.get("/checkout/")["Location"] == "/cart/"
    assert client.post("/checkout/", FORM)["Location"] == "/cart/"
    assert Order.objects.count() == 0


def test_checkout_shows_the_form_and_the_cart(client):
    fill(client, make_item(title="Brass lamp", unit_price="100.00"))
    response = client.get("/checkout/")
    assert response.status_code == 200
    assert response.context["cart"].totals.total == 110
    assert response.context["form"].initial == {}
    assert response.context["sign_in_url"].endswith("?next=/checkout/")
    assert not response.context["signed_in"]
    assert "Brass lamp" in response.content.decode()


def test_guest_places_an_order_and_is_led_to_its_secret_page(client):
    lamp = make_item(inventory=5)
    fill(client, lamp, quantity=2)
    response = client.post("/checkout/", FORM)
    order = Order.objects.get()
    assert (response.status_code, response["Location"]) == (302, order_path(order))
    assert response["Location"].startswith("/order/")
    assert (order.customer, order.email, order.name) == (None, "asha@example.com", "Asha Rao")
    assert order.address_lines == ["12 MG Road", "Indiranagar", "Bengaluru 560038", "Karnataka"]
    assert (order.phone, order.note) == ("+919876543210", "Ring twice")
    assert Product.objects.get().inventory == 3
    assert Cart.objects.count() == 0


def test_customer_places_an_order_and_is_led_to_the_account(client):
    customer = make_customer()
    client.force_login(customer.user)
    fill(client, make_item())
    response = client.post("/checkout/", FORM)
    order = Order.objects.get()
    assert response["Location"] == f"/account/orders/{order.pk}/"
    assert (order.customer, order.guest_key) == (customer, None)
    assert order.transitions.get().by == customer.user


def test_customer_finds_what_is_known_filled_in(client):
    customer = make_customer(
        email="asha@example.com", first_name="Asha", last_name="Rao", phone="+919812345678"
    )
    client.force_login(customer.user)
    fill(client, make_item())
    response = client.get("/checkout/")
    assert response.context["signed_in"]
    assert response.context["form"].initial == {
        "email": "asha@example.com",
        "name": "Asha Rao",
        "phone": "+919812345678",
    }


def test_customer_finds_the_last_address_filled_in(client):
    customer = make_customer(email="asha@example.com")
    make_order(customer=customer, line1="Old street 1")
    make_order(customer=customer, line1="New street 2", name="A. Rao")
    make_order(customer=customer, line1="")
    client.force_login(customer.user)
    fill(client, make_item())
    initial = client.get("/checkout/").context["form"].initial
    assert (initial["line1"], initial["name"], initial["email"]) == (
        "New street 2",
        "A. Rao",
        "asha@example.com",
    )
    assert (initial["city"], initial["state"], initial["postal_code"]) == ("Bengaluru", "KA", "560038")


def test_form_with_an_error_comes_back_filled(client):
    fill(client, make_item())
    response = client.post("/checkout/", {**FORM, "postal_code": "12"})
    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["postal_code"]
    assert 'value="12 MG Road"' in response.content.decode()
    assert Order.objects.count() == 0
    assert Cart.objects.get().items.count() == 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"inventory": 0}, "Some products are not in stock in the quantity you asked for."),
        ({"is_live": False}, "Some products in the cart are no longer for sale."),
    ],
)
def test_order_that_cannot_be_had_says_why_and_keeps_the_form(client, change, problem):
    lamp = make_item()
    fill(client, lamp)
    Product.objects.filter(pk=lamp.pk).update(**change)
    response = client.post("/checkout/", FORM)
    assert (response.status_code, response.context["problem"]) == (409, problem)
    assert problem in response.content.decode()
    assert 'value="12 MG Road"' in response.content.decode()
    assert Order.objects.count() == 0


def test_buyer_with_too_many_unpaid_orders_is_told(client, settings):
    settings.ORDER_UNPAID_LIMIT_GUEST = 1
    make_order(email="asha@example.com")
    fill(client, make_item())
    response = client.post("/checkout/", FORM)
    assert response.status_code == 409
    assert response.context["problem"].startswith("You have too many unpaid orders.")


def test_busy_database_is_told_in_a_sentence(client, monkeypatch):
    def stay_locked(**kwargs):
        raise OperationalError("database is locked")

    fill(client, make_item())
    monkeypatch.setattr(transactions, "LONGEST_RETRY_SECONDS", 0)
    monkeypatch.setattr("checkout.services.orders.lock_cart", stay_locked)
    response = client.post("/checkout/", FORM)
    assert response.status_code == 503
    assert response.context["problem"].startswith("The shop is very busy right now.")
    assert Cart.objects.get().items.count() == 1


def test_cart_that_was_emptied_in_another_tab_leads_to_the_cart(client):
    fill(client, make_item())
    Cart.objects.get().items.all().delete()
    assert client.post("/checkout/", FORM)["Location"] == "/cart/"


def test_form_posted_twice_makes_one_order(client):
    fill(client, make_item())
    assert client.post("/checkout/", FORM).status_code == 302
    assert client.post("/checkout/", FORM)["Location"] == "/cart/"
    assert Order.objects.count() == 1


def test_checkout_is_private(client):
    fill(client, make_item())
    assert "no-store" in client.get("/checkout/")["Cache-Control"]
