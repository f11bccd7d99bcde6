import pytest

from checkout.models import Order
from checkout.selectors.orders import make_order_token, order_path
from tests.factories.catalogue import make_item
from tests.factories.orders import make_order, make_order_in
from tests.factories.users import make_customer, make_staff

pytestmark = pytest.mark.django_db


def test_guest_opens_the_order_by_its_secret(client, settings):
    order = make_order((make_item(title="Brass lamp", unit_price="100.00"), 2))
    response = client.get(order_path(order))
    assert response.status_code == 200
    assert response.context["order"].number == str(order.pk)
    assert response.context["can_pay"]
    path = f"/order/{make_order_token(order)}"
    assert response.context["payment"] == {
        "start_url": f"{path}/pay/",
        "verify_url": f"{path}/verify/",
        "status_url": f"{path}/status/",
        "checkout_script": settings.RAZORPAY_CHECKOUT_SCRIPT,
    }
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "Brass lamp" in response.content.decode()
    assert "₹220" in response.content.decode()


def test_customer_opens_an_order_of_their_own(client):
    customer = make_customer()
    order = make_order(customer=customer)
    client.force_login(customer.user)
    response = client.get(f"/account/orders/{order.pk}/")
    assert response.status_code == 200
    assert response.context["payment"]["start_url"] == f"/account/orders/{order.pk}/pay/"


@pytest.mark.parametrize(("status", "can_pay"), [("placed", True), ("paid", False), ("expired", False)])
def test_only_a_waiting_order_can_be_paid(client, status, can_pay):
    response = client.get(order_path(make_order_in(status)))
    assert response.context["can_pay"] is can_pay


@pytest.mark.parametrize("page", ["", "pay/", "verify/", "status/"])
def test_foreign_and_missing_orders_are_the_same_404(client, page):
    customer, guest_order, foreign = make_customer(), make_order(), make_order(customer=make_customer())
    hidden = make_order(customer=customer)
    Order.objects.filter(pk=hidden.pk).update(hidden_at=hidden.placed_at)
    client.force_login(customer.user)
    ask = client.post if page in ("pay/", "verify/") else client.get
    for number in (guest_order.pk, foreign.pk, hidden.pk, 987654):
        assert ask(f"/account/orders/{number}/{page}").status_code == 404
    for token in ("nonsense", guest_order.guest_key, make_order_token(guest_order) + "x"):
        assert ask(f"/order/{token}/{page}").status_code == 404


@pytest.mark.parametrize("path", ["/account/", "/account/orders/", "/account/orders/1/"])
def test_account_asks_a_guest_to_sign_in(client, path):
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={path}")


@pytest.mark.parametrize("page", ["pay/", "verify/", "status/"])
def test_guest_does_not_reach_the_order_of_a_customer(client, page):
    order = make_order(customer=make_customer())
    ask = client.get if page == "status/" else client.post
    assert ask(f"/account/orders/{order.pk}/{page}").status_code == 404


def test_account_lists_the_orders_of_its_owner(client):
    customer = make_customer(first_name="Asha", email="asha@example.com")
    orders = [make_order(customer=customer) for _ in range(6)]
    make_order(customer=make_customer())
    client.force_login(customer.user)
    numbers = [row.number for row in client.get("/account/orders/").context["orders"]]
    assert numbers == [str(order.pk) for order in reversed(orders)]
    account = client.get("/account/")
    assert (account.context["name"], account.context["email"]) == ("Asha", "asha@example.com")
    assert [row.number for row in account.context["orders"]] == numbers[:5]


def test_staff_without_orders_have_an_empty_account(client):
    client.force_login(make_staff())
    assert client.get("/account/").context["orders"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_order_page_costs_the_same_however_many_lines(client, count, count_queries):
    order = make_order(*((make_item(), 1) for _ in range(count)))
    client.get(order_path(order))
    with count_queries(4):  # the order, its lines with products, their pictures, and Wagtail's site
        client.get(order_path(order))
