import pytest

from checkout.models import Order
from checkout.services.refunds import refund_order
from tests.factories.orders import make_cash_order, make_order, make_paid_order, make_sent_cash_order
from tests.factories.users import make_admin, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(make_admin())
    return client


def inspect(order: Order) -> str:
    return f"/admin/checkout/order/inspect/{order.pk}/"


def test_cash_order_is_sent_and_settled_in_the_admin(staff):
    order = make_cash_order()
    page = staff.get(inspect(order)).content.decode()
    assert "Sent: it is on its way" in page
    assert "Record ₹110 in cash" in page
    assert "It came back unpaid" not in page
    assert staff.post(f"/admin/orders/{order.pk}/send/").url == inspect(order)
    assert "It came back unpaid" in staff.get(inspect(order)).content.decode()
    staff.post(f"/admin/orders/{order.pk}/cash/")
    saved = Order.objects.get()
    assert (saved.status, saved.payment_status, saved.payments.get().by.is_superuser) == (
        "completed",
        "C",
        True,
    )
    assert "Record ₹110 in cash" not in staff.get(inspect(order)).content.decode()


def test_parcel_that_came_back_is_taken_back_in_the_admin(staff):
    order = make_sent_cash_order()
    staff.post(f"/admin/orders/{order.pk}/take-back/")
    assert Order.objects.get().status == "cancelled"


def test_what_the_table_does_not_allow_is_told(staff):
    order = make_order()
    for action, problem in (
        ("send", "An order that is placed cannot become fulfilled."),
        ("cash", f"Order #{order.pk} is not paid in cash on delivery."),
        ("take-back", "An order that is placed cannot become cancelled."),
    ):
        page = staff.post(f"/admin/orders/{order.pk}/{action}/", follow=True)
        assert problem in page.content.decode()
    assert Order.objects.get().status == "placed"


def test_refunded_order_offers_no_sending_and_refuses_it(staff):
    order = make_paid_order()
    refund_order(order_id=order.pk, reason="Too late")
    assert "Sent: it is on its way" not in staff.get(inspect(order)).content.decode()
    page = staff.post(f"/admin/orders/{order.pk}/send/", follow=True).content.decode()
    assert "nothing of it is left to send" in page


@pytest.mark.parametrize("action", ["send", "cash", "take-back"])
def test_who_has_no_right_to_it_may_not(client, action):
    order = make_cash_order()
    client.force_login(make_staff())
    assert client.post(f"/admin/orders/{order.pk}/{action}/").status_code in (302, 403)
    assert (Order.objects.get().status, Order.objects.get().paid_at) == ("placed", None)


def test_actions_are_not_read(staff):
    assert staff.get(f"/admin/orders/{make_cash_order().pk}/send/").status_code == 405
