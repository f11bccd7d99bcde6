import pytest
from django.test import Client

from checkout.models import Cart
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db

OURS = {"Sec-Fetch-Site": "same-origin"}
JSON = {**OURS, "Accept": "application/json"}


def add(client, product, headers=OURS, **form):
    return client.post("/cart/add/", {"product_id": product.pk, **form}, headers=headers)


def lines() -> list[tuple[int, int]]:
    return [(item.product_id, item.quantity) for cart in Cart.objects.all() for item in cart.items.all()]


def read_messages(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_cart_page_is_empty_at_first(client):
    response = client.get("/cart/")
    assert response.status_code == 200
    assert response.context["cart"].is_empty
    assert Cart.objects.count() == 0


def test_added_product_is_on_the_cart_page(client):
    lamp = make_item(title="Brass lamp", unit_price="100.00")
    response = add(client, lamp, quantity=3)
    assert (response.status_code, response["Location"]) == (302, "/cart/")
    page = client.get("/cart/")
    (line,) = page.context["cart"].lines
    assert (line.title, line.quantity, str(line.line_total)) == ("Brass lamp", 3, "330.00")
    assert "Brass lamp" in page.content.decode()
    assert "₹330" in page.content.decode()


def test_script_gets_the_new_count(client):
    lamp = make_item()
    response = add(client, lamp, headers=JSON)
    assert response.status_code == 201
    assert response.json() == {"count": 1, "message": "Added to your cart", "cart_url": "/cart/"}
    assert add(client, lamp, headers=JSON, quantity=4).json()["count"] == 5


def test_product_that_is_not_sold_is_refused_in_a_sentence(client):
    draft = make_item(is_live=False)
    response = add(client, draft, headers=JSON)
    assert (response.status_code, response.json()) == (400, {"error": "This product is no longer for sale."})
    page = client.post("/cart/add/", {"product_id": draft.pk}, headers=OURS, follow=True)
    assert read_messages(page) == ["This product is no longer for sale."]


@pytest.mark.parametrize("form", [{"product_id": "x"}, {}, {"product_id": 1, "quantity": 0}])
def test_form_that_makes_no_sense_is_refused_in_a_sentence(client, form):
    make_item()
    response = client.post("/cart/add/", form, headers=JSON)
    assert (response.status_code, response.json()) == (
        400,
        {"error": "Please choose a product and a quantity."},
    )
    page = client.post("/cart/add/", form, headers=OURS, follow=True)
    assert read_messages(page) == ["Please choose a product and a quantity."]
    assert lines() == []


def test_line_that_grew_too_large_is_refused_in_a_sentence(client):
    lamp = make_item()
    add(client, lamp, quantity=100_000)
    response = add(client, lamp, headers=JSON)
    assert response.status_code == 400
    assert response.json() == {"error": "You can put at most 100,000 of one product in a cart."}


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_form_of_another_site_adds_nothing(client, headers):
    assert add(client, make_item(), headers=headers).status_code == 403
    assert lines() == []


def test_adding_needs_no_token_and_other_forms_do():
    strict, lamp = Client(enforce_csrf_checks=True), make_item()
    assert add(strict, lamp).status_code == 302
    item = Cart.objects.get().items.get()
    assert strict.post(f"/cart/items/{item.pk}/", {"quantity": 5}, headers=OURS).status_code == 403
    assert strict.post(f"/cart/items/{item.pk}/remove/", headers=OURS).status_code == 403
    assert strict.post("/checkout/", {}, headers=OURS).status_code == 403
    assert lines() == [(lamp.pk, 1)]


def test_quantity_is_changed_and_removed(client):
    lamp, rug = make_item(), make_item()
    add(client, lamp)
    add(client, rug)
    first, second = Cart.objects.get().items.all()
    assert client.post(f"/cart/items/{first.pk}/", {"quantity": 5})["Location"] == "/cart/"
    assert lines() == [(lamp.pk, 5), (rug.pk, 1)]
    client.post(f"/cart/items/{first.pk}/", {"quantity": 0})
    assert lines() == [(rug.pk, 1)]
    assert client.post(f"/cart/items/{second.pk}/remove/")["Location"] == "/cart/"
    assert lines() == []


@pytest.mark.parametrize("quantity", ["", "many", "-1", "100001"])
def test_quantity_that_makes_no_sense_changes_nothing(client, quantity):
    lamp = make_item()
    add(client, lamp)
    item = Cart.objects.get().items.get()
    page = client.post(f"/cart/items/{item.pk}/", {"quantity": quantity}, follow=True)
    assert read_messages(page) == ["Please enter a quantity as a whole number."]
    assert lines() == [(lamp.pk, 1)]


def test_line_that_is_gone_is_no_error(client):
    lamp = make_item()
    add(client, lamp)
    page = client.post("/cart/items/987654/", {"quantity": 2}, follow=True)
    assert read_messages(page) == ["That product was no longer in your cart."]
    assert client.post("/cart/items/987654/remove/").status_code == 302
    assert lines() == [(lamp.pk, 1)]


def test_line_of_another_visitor_is_not_changed(client):
    lamp = make_item()
    item = make_cart((lamp, 4)).items.get()
    add(client, make_item())
    client.post(f"/cart/items/{item.pk}/", {"quantity": 1})
    client.post(f"/cart/items/{item.pk}/remove/")
    item.refresh_from_db()
    assert item.quantity == 4


def test_visitor_without_a_cart_removes_nothing(client):
    item = make_cart((make_item(), 4)).items.get()
    assert client.post(f"/cart/items/{item.pk}/remove/").status_code == 302
    page = client.post(f"/cart/items/{item.pk}/", {"quantity": 1}, follow=True)
    assert page.context["cart"].is_empty
    assert lines() == [(item.product_id, 4)]


def test_summary_tells_how_much_is_in_the_cart_and_who_looks(client):
    assert client.get("/cart/summary/").json() == {"count": 0, "name": None, "likes": []}
    add(client, make_item(), quantity=2)
    add(client, make_item())
    response = client.get("/cart/summary/")
    assert response.json() == {"count": 3, "name": None, "likes": []}
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_summary_greets_by_first_name_and_joins_the_carts(client):
    customer = make_customer(first_name="Asha")
    make_cart((make_item(), 1), customer=customer)
    add(client, make_item(), quantity=2)
    client.force_login(customer.user)
    assert client.get("/cart/summary/").json() == {"count": 3, "name": "Asha", "likes": []}
    assert Cart.objects.get().customer == customer


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/cart/"),
        ("post", "/cart/summary/"),
        ("get", "/cart/add/"),
        ("get", "/cart/items/1/"),
        ("get", "/cart/items/1/remove/"),
        ("put", "/checkout/"),
    ],
)
def test_other_methods_are_refused(client, method, path):
    assert getattr(client, method)(path).status_code == 405
