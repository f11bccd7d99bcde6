"""Reading, changing and deleting orders."""

from decimal import Decimal

import pytest

from checkout.models import Order, Payment
from shop.models import Product
from tests.api.wire import (
    ENCODINGS,
    FORBIDDEN,
    NOT_FOUND,
    REQUIRED,
    UNAUTHENTICATED,
    detail_body,
    field_body,
    missing_body,
    refused_method,
)
from tests.factories.catalogue import make_item
from tests.factories.orders import (
    make_cancelled_order,
    make_expired_order,
    make_order,
    make_order_in,
    make_paid_order,
)
from tests.factories.users import make_customer

pytestmark = pytest.mark.django_db

ORDERS = "/store/orders/"
NO_ORDER = (404, missing_body("Order"))


def path_of(order: Order) -> str:
    return f"{ORDERS}{order.pk}/"


def test_read_order(shopper, customer):
    lamp = make_item(title="Lamp", unit_price="71.88")
    order = make_order((lamp, 2), customer=customer)
    answer = shopper.get(path_of(order))
    assert answer.told == (
        200,
        {
            "id": order.pk,
            "customer": customer.pk,
            "placed_at": order.placed_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "payment_status": "P",
            "items": [
                {
                    "id": order.items.get().pk,
                    "product": {"id": lamp.pk, "title": "Lamp", "unit_price": Decimal("71.88")},
                    "unit_price": Decimal("71.88"),
                    "quantity": 2,
                }
            ],
        },
    )


def test_order_shows_what_was_ordered(shopper, customer):
    product = make_item(title="Lamp", unit_price="10.00")
    order = make_order((product, 1), customer=customer)
    Product.objects.update(title="Other", unit_price=99)
    item = shopper.get(path_of(order)).body["items"][0]
    assert (item["product"]["title"], item["product"]["unit_price"], item["unit_price"]) == ("Lamp", 10, 10)


@pytest.mark.parametrize(
    ("status", "letter"),
    [
        ("placed", "P"),
        ("paid", "C"),
        ("fulfilled", "C"),
        ("completed", "C"),
        ("expired", "F"),
        ("cancelled", "F"),
    ],
)
def test_payment_status_of_each_status(shopper, customer, status, letter):
    order = make_order_in(status, customer=customer)
    assert shopper.get(path_of(order)).body["payment_status"] == letter


def test_list_orders_newest_first(shopper, staff, customer):
    old, new = make_order(customer=customer), make_order(customer=customer)
    foreign = make_order()
    assert [row["id"] for row in shopper.get(ORDERS).body] == [new.pk, old.pk]
    assert [row["id"] for row in staff.get(ORDERS).body] == [foreign.pk, new.pk, old.pk]


def test_list_orders_of_nobody(guest):
    assert guest.get(ORDERS).told == UNAUTHENTICATED


def test_list_orders_of_a_customer_without_any(stranger):
    make_order()
    assert stranger.get(ORDERS).content == b"[]"


def test_list_orders_in_pages_where_asked(shopper, customer):
    orders = [make_order(customer=customer) for _ in range(3)]
    answer = shopper.get(f"{ORDERS}?page=2&page_size=2")
    assert (answer.body["count"], [row["id"] for row in answer.body["results"]]) == (3, [orders[0].pk])
    assert answer.body["previous"] == f"http://testserver{ORDERS}?page_size=2"


def test_order_who(guest, stranger, staff, customer):
    order = make_order(customer=customer)
    assert guest.get(path_of(order)).told == UNAUTHENTICATED
    assert stranger.get(path_of(order)).told == NO_ORDER
    assert staff.get(path_of(order)).status == 200


def test_order_missing_and_malformed(shopper, staff):
    for number in ("999999", "9" * 30):
        assert shopper.get(f"{ORDERS}{number}/").told == NO_ORDER
        assert staff.patch(f"{ORDERS}{number}/", {"payment_status": "C"}).told == NO_ORDER
        assert staff.delete(f"{ORDERS}{number}/").told == NO_ORDER
    for number in ("abc", "-1", "1.5"):
        assert shopper.get(f"{ORDERS}{number}/").told == NOT_FOUND


@pytest.mark.parametrize("rows", [1, 3])
def test_list_orders_queries(shopper, customer, rows, count_queries):
    for _ in range(rows):
        make_order((make_item(), 1), (make_item(), 1), customer=customer)
    # Authentication is the one before the orders and their items.
    with count_queries(3) as counted:
        shopper.get(ORDERS)
    assert len(counted) == 3


def test_change_order_who(guest, shopper, customer):
    order = make_order(customer=customer)
    for method in ("patch", "delete"):
        assert getattr(guest, method)(path_of(order), {"payment_status": "C"}).told == UNAUTHENTICATED
        assert getattr(shopper, method)(path_of(order), {"payment_status": "C"}).told == FORBIDDEN
    order.refresh_from_db()
    assert (order.payment_status, order.hidden_at) == ("P", None)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_staff_record_a_payment(staff, encoding):
    order = make_order()
    body = {"payment_status": "C", "total": 1, "customer": 5}
    assert staff.patch(path_of(order), body, encoding).told == (200, {"payment_status": "C"})
    payment = Payment.objects.get()
    assert (payment.provider, payment.amount, payment.order_id) == ("manual", order.total, order.pk)


def test_staff_cancel_by_status(staff):
    product = make_item(inventory=5)
    order = make_order((product, 2))
    assert staff.patch(path_of(order), {"payment_status": "F"}).told == (200, {"payment_status": "F"})
    product.refresh_from_db()
    assert product.inventory == 5


def test_staff_set_the_status_it_has(staff):
    order = make_order()
    assert staff.patch(path_of(order), {"payment_status": "P"}).told == (200, {"payment_status": "P"})


@pytest.mark.parametrize(
    ("status", "wanted", "sentence"),
    [
        ("paid", "P", "An order that is paid cannot become placed."),
        ("paid", "F", "An order that is paid cannot become cancelled."),
        ("cancelled", "C", "An order that is cancelled cannot become paid."),
        ("expired", "P", "An order that is expired cannot become placed."),
    ],
)
def test_staff_set_a_status_that_is_not_allowed(staff, status, wanted, sentence):
    order = make_order_in(status)
    answer = staff.patch(path_of(order), {"payment_status": wanted})
    assert answer.told == (409, detail_body(sentence, "transition_refused"))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, REQUIRED[0]),
        ({"payment_status": "X"}, '"X" is not a valid choice.'),
        ({"payment_status": ""}, '"" is not a valid choice.'),
        ({"payment_status": None}, "This field may not be null."),
        ({"payment_status": ["C"]}, "\"['C']\" is not a valid choice."),
        ({"payment_status": "\ud800"}, '"\ud800" is not a valid choice.'),
    ],
)
def test_staff_set_a_status_that_is_none(staff, body, message):
    answer = staff.patch(path_of(make_order()), body)
    assert answer.told == (400, field_body(payment_status=[message]))


def test_delete_order(staff, shopper, customer):
    product = make_item(inventory=5)
    order = make_order((product, 2), customer=customer)
    answer = staff.delete(path_of(order))
    assert (answer.status, answer.content) == (204, b"")
    product.refresh_from_db()
    order.refresh_from_db()
    assert (product.inventory, order.status, order.hidden_at is not None) == (5, "cancelled", True)
    assert staff.delete(path_of(order)).told == NO_ORDER
    assert shopper.get(path_of(order)).told == NO_ORDER
    assert (shopper.get(ORDERS).body, staff.get(ORDERS).body) == ([], [])


def test_delete_order_that_ended(staff):
    product = make_item(inventory=5)
    order = make_expired_order((product, 2))
    assert staff.delete(path_of(order)).status == 204
    product.refresh_from_db()
    assert product.inventory == 5


def test_delete_order_that_took_money(staff):
    order = make_paid_order()
    answer = staff.delete(path_of(order))
    sentence = "The order took money, so it cannot be deleted. Refund it instead."
    assert answer.told == (409, detail_body(sentence, "order_paid"))
    assert staff.get(path_of(order)).status == 200


def test_cancel_order(shopper, customer):
    product = make_item(inventory=5)
    order = make_order((product, 2), customer=customer)
    answer = shopper.post(f"{path_of(order)}cancel/")
    assert (answer.status, answer.body["id"], answer.body["payment_status"]) == (200, order.pk, "F")
    product.refresh_from_db()
    transition = order.transitions.last()
    assert (product.inventory, transition.why) == (5, "Cancelled by the customer")
    assert transition.by_id == customer.user_id


def test_cancel_order_by_staff(staff):
    order = make_order()
    assert staff.post(f"{path_of(order)}cancel/", {}).body["payment_status"] == "F"
    assert order.transitions.last().why == "Cancelled by staff"


def test_cancel_order_who(guest, stranger, customer):
    order = make_order(customer=customer)
    assert guest.post(f"{path_of(order)}cancel/").told == UNAUTHENTICATED
    assert stranger.post(f"{path_of(order)}cancel/").told == NO_ORDER


@pytest.mark.parametrize("make", [make_paid_order, make_cancelled_order, make_expired_order])
def test_cancel_order_too_late(shopper, customer, make):
    order = make(customer=customer)
    answer = shopper.post(f"{path_of(order)}cancel/")
    assert (answer.status, answer.body["code"]) == (409, "transition_refused")
    assert answer.body["detail"] == f"An order that is {order.status} cannot become cancelled."


def test_order_methods_that_are_none(shopper, customer):
    order = make_order(customer=customer)
    assert shopper.put(path_of(order), {}).told == refused_method("PUT")
    assert shopper.put(ORDERS, {}).told == refused_method("PUT")
    assert shopper.delete(ORDERS).told == refused_method("DELETE")
    assert shopper.get(f"{path_of(order)}cancel/").told == refused_method("GET")


def test_orders_of_a_staff_member_who_shops(staff):
    make_order(customer=make_customer())
    assert len(staff.get(ORDERS).body) == 1
