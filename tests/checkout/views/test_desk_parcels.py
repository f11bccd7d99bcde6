import pytest

from checkout.models import Order
from checkout.services.refunds import refund_order
from tests.factories.catalogue import make_item
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
    assert f"/admin/orders/{order.pk}/send/" in page
    assert "Record ₹110 in cash" in page
    assert "It came back unpaid" not in page
    assert staff.post(f"/admin/orders/{order.pk}/send/").url == inspect(
        order
    )  # what is paid in cash leaves whole
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
    assert f"/admin/orders/{order.pk}/send/" not in staff.get(inspect(order)).content.decode()
    page = staff.post(f"/admin/orders/{order.pk}/send/", follow=True).content.decode()
    assert "nothing of it is left to send" in page


@pytest.mark.parametrize("action", ["send", "cash", "take-back"])
def test_who_has_no_right_to_it_may_not(client, action):
    order = make_cash_order()
    client.force_login(make_staff())
    assert client.post(f"/admin/orders/{order.pk}/{action}/").status_code in (302, 403)
    assert (Order.objects.get().status, Order.objects.get().paid_at) == ("placed", None)


def test_actions_are_not_read(staff):
    assert staff.get(f"/admin/orders/{make_cash_order().pk}/cash/").status_code == 405


def test_parcel_form_starts_with_all_that_is_left(staff):
    order = make_paid_order((make_item(title="Lamp", inventory=9), 3))
    (item,) = order.items.all()
    url, line = f"/admin/orders/{order.pk}/send/", f"line-{item.pk}"
    assert staff.get(url).context["form"][line].value() == 3

    answer = staff.post(url, {line: "2", "carrier": "India Post", "tracking_number": "EA1IN"}, follow=True)

    page = answer.content.decode()
    assert "The rest of the order still waits." in page
    assert all(text in page for text in ("India Post", "EA1IN", "2 × Lamp"))
    assert staff.get(url).context["form"][line].value() == 1


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"line": "4"}, "less than or equal to 3"),
        ({"line": "0"}, "Enter how many of each line are in the parcel"),
        ({"line": "1", "tracking_url": "nowhere"}, "Enter a valid URL."),
    ],
)
def test_parcel_that_cannot_be_is_told_and_nothing_typed_is_lost(staff, fields, problem):
    order = make_paid_order((make_item(title="Lamp", inventory=9), 3))
    data = {"carrier": "India Post", **fields}
    data[f"line-{order.items.get().pk}"] = data.pop("line")

    answer = staff.post(f"/admin/orders/{order.pk}/send/", data)

    assert answer.status_code == 400
    page = answer.content.decode()
    assert problem in page
    assert 'value="India Post"' in page
    assert not order.shipments.exists()


def test_order_asks_the_same_for_three_parcels_as_for_one(staff, count_queries):
    order = make_paid_order((make_item(inventory=9), 3))
    (item,) = order.items.all()
    send = f"/admin/orders/{order.pk}/send/"
    staff.post(send, {f"line-{item.pk}": "1"})
    staff.get(inspect(order))
    with count_queries(60) as one:
        staff.get(inspect(order))
    staff.post(send, {f"line-{item.pk}": "1"})
    staff.post(send, {f"line-{item.pk}": "1"})
    with count_queries(len(one)):
        staff.get(inspect(order))
