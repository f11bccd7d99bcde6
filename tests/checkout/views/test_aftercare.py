import pytest

from checkout.models import Order, ReturnRequest
from checkout.selectors.orders import make_order_token
from checkout.services.refunds import refund_order
from database.transactions import Busy
from shop.models import Product
from tests.factories.catalogue import make_item
from tests.factories.orders import make_order, make_paid_order
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(client):
    customer = make_customer()
    client.force_login(customer.user)
    return customer


def path_of(order: Order, tail: str = "") -> str:
    if order.customer_id:
        return f"/account/orders/{order.pk}/{tail}"
    return f"/order/{make_order_token(order)}/{tail}"


def test_customer_cancels_an_unpaid_order(client, customer):
    lamp = make_item(inventory=5)
    order = make_order((lamp, 2), customer=customer)
    assert 'id="cancel-order"' in client.get(path_of(order)).content.decode()
    assert client.post(path_of(order, "cancel/")).url == path_of(order)
    row = order.transitions.last()
    assert (row.to_status, row.why, row.by_id) == (
        "cancelled",
        "Cancelled by the customer",
        customer.user_id,
    )
    assert Product.objects.get(pk=lamp.pk).inventory == 5
    assert 'id="cancel-order"' not in client.get(path_of(order)).content.decode()


def test_guest_cancels_by_the_secret_link(client):
    order = make_order()
    client.post(path_of(order, "cancel/"))
    assert Order.objects.get().status == "cancelled"
    assert order.transitions.last().by is None


def test_paid_order_is_not_cancelled(client, customer):
    order = make_paid_order(customer=customer)
    answer = client.post(path_of(order, "cancel/"), follow=True)
    assert "cannot be cancelled any more" in answer.content.decode()
    assert Order.objects.get().status == "paid"


def test_order_of_somebody_else_is_not_there(client, customer):
    order = make_order(customer=make_customer())
    assert client.post(path_of(order, "cancel/")).status_code == 404
    assert client.get(path_of(order, "return/")).status_code == 404
    assert Order.objects.get().status == "placed"


def test_busy_database_is_said(client, customer, monkeypatch):
    def fail(**fields):
        raise Busy("The shop is very busy right now.")

    monkeypatch.setattr("checkout.views.aftercare.cancel_order", fail)
    order = make_order(customer=customer)
    answer = client.post(path_of(order, "cancel/"), follow=True)
    assert "very busy" in answer.content.decode()


def ask(client, order: Order, *counts: str, reason: str = "Broken"):
    names = [f"line-{pk}" for pk in order.items.values_list("pk", flat=True)]
    return client.post(path_of(order, "return/"), {**dict(zip(names, counts, strict=True)), "reason": reason})


def test_buyer_asks_to_send_something_back(client, customer):
    order = make_paid_order((make_item(title="Lamp"), 3), (make_item(), 1), customer=customer)
    page = client.get(path_of(order)).content.decode()
    assert f'href="{path_of(order, "return/")}"' in page
    form = client.get(path_of(order, "return/"))
    assert (form.status_code, "Lamp" in form.content.decode()) == (200, True)
    assert ask(client, order, "2", "").url == path_of(order)
    request = ReturnRequest.objects.get()
    assert (request.reason, list(request.lines.values_list("quantity", flat=True))) == ("Broken", [2])
    assert "Asked for" in client.get(path_of(order)).content.decode()


@pytest.mark.parametrize(("count", "reason"), [("", "Broken"), ("2", "Broken"), ("1", "")])
def test_wish_that_is_not_whole_comes_back_filled(client, customer, count, reason):
    order = make_paid_order(customer=customer)
    answer = ask(client, order, count, reason=reason)
    assert answer.status_code == 400
    assert ReturnRequest.objects.count() == 0


def test_wish_that_another_tab_was_faster_with_is_refused(client, customer, monkeypatch):
    order = make_paid_order(customer=customer)
    item = order.items.get()
    monkeypatch.setattr("checkout.views.aftercare.find_returnable", lambda order, now: {item.pk: 1})
    assert ask(client, order, "1").status_code == 302
    answer = ask(client, order, "1")
    assert (answer.status_code, "did not send back yet" in answer.content.decode()) == (409, True)


def test_busy_database_leaves_the_wish_filled(client, customer, monkeypatch):
    def fail(**fields):
        raise Busy("The shop is very busy right now.")

    monkeypatch.setattr("checkout.views.aftercare.request_return", fail)
    order = make_paid_order(customer=customer)
    assert ask(client, order, "1").status_code == 503


def test_order_that_is_back_already_has_no_form(client):
    order = make_paid_order()
    refund_order(order_id=order.pk, reason="Goodwill")
    page = client.get(path_of(order, "return/"))
    assert "Nothing of this order can be sent back" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert "is on its way back to you." in client.get(path_of(order)).content.decode()
