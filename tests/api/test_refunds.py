from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission

from checkout.models import Order, Refund
from shop.models import Product
from tests.api.wire import (
    FORBIDDEN,
    REQUIRED,
    UNAUTHENTICATED,
    Api,
    detail_body,
    field_body,
    missing_body,
    refused_method,
    sign_in,
)
from tests.factories.catalogue import make_item
from tests.factories.orders import make_order, make_paid_order
from tests.factories.users import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def cashier(db) -> Api:
    """Staff who may refund."""
    user = make_staff(username="cashier")
    user.user_permissions.add(Permission.objects.get(codename="refund_payment"))
    return sign_in(user)


@pytest.fixture
def order() -> Order:
    """₹275.00 paid: two lamps of ₹110.00 and a rug of ₹55.00."""
    return make_paid_order(
        (make_item(unit_price="100.00", inventory=5), 2), (make_item(unit_price="50.00", inventory=5), 1)
    )


def path_of(order: Order) -> str:
    return f"/store/orders/{order.pk}/refunds/"


def test_refund_everything(cashier, order):
    answer = cashier.post(path_of(order), {"reason": "Came broken"})
    refund = Refund.objects.get()
    lamp, rug = order.items.all()
    assert answer.told == (
        201,
        {
            "id": refund.pk,
            "order_id": order.pk,
            "payment_id": refund.payment.provider_id,
            "amount": Decimal("275.00"),
            "currency": "INR",
            "status": "pending",
            "reason": "Came broken",
            "lines": [
                {"item_id": lamp.pk, "quantity": 2, "amount": Decimal("220.00")},
                {"item_id": rug.pk, "quantity": 1, "amount": Decimal("55.00")},
            ],
            "created_at": refund.created_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        },
    )
    assert refund.by.username == "cashier"


def test_refund_lines_and_restock(cashier, order):
    lamp = order.items.first()
    body = {"lines": [{"item_id": lamp.pk, "quantity": 1}], "restock": True, "reason": "Came back"}
    assert cashier.post(path_of(order), body).body["amount"] == Decimal("110.00")
    assert Product.objects.get(pk=lamp.product_id).inventory == 4


@pytest.mark.parametrize("encoding", ["json", "form", "multipart"])
def test_refund_amount(cashier, order, encoding):
    answer = cashier.post(path_of(order), {"amount": "50.50", "reason": "Late"}, encoding)
    assert (answer.status, answer.body["amount"], answer.body["lines"]) == (201, Decimal("50.50"), [])


def test_refund_never_exceeds_what_was_captured(cashier, order):
    told = (409, detail_body("The refund is more than what was captured.", "refund_exceeds_captured"))
    assert cashier.post(path_of(order), {"amount": "275.01", "reason": "?"}).told == told
    assert cashier.post(path_of(order), {"amount": "275.00", "reason": "?"}).status == 201
    assert cashier.post(path_of(order), {"reason": "?"}).told == told
    assert cashier.post(path_of(make_order()), {"reason": "?"}).told == told


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({}, "reason", "This field is required."),
        ({"reason": "?", "amount": "0"}, "amount", "Ensure this value is greater than or equal to 0.01."),
        ({"reason": "?", "amount": "NaN"}, "amount", "A valid number is required."),
        (
            {"reason": "?", "amount": 1, "restock": True},
            "non_field_errors",
            "Name an amount or lines, not both: what goes back on the shelf is told by lines.",
        ),
        ({"reason": "?", "lines": []}, "lines", {"non_field_errors": ["This list may not be empty."]}),
        ({"reason": "?", "lines": [{"item_id": 1, "quantity": 1}] * 2}, "lines", "Name each line once."),
        (
            {"reason": "?", "lines": [{"item_id": 987654, "quantity": 1}]},
            "non_field_errors",
            "The order has not so many left of a line that you named.",
        ),
    ],
)
def test_refund_bad_body(cashier, order, body, field, message):
    answer = cashier.post(path_of(order), body)
    assert (answer.status, answer.body["code"]) == (400, "invalid")
    assert answer.body[field] == (message if isinstance(message, dict) else [message])
    assert Refund.objects.count() == 0


def test_refund_who(guest, shopper, staff, cashier, order):
    assert guest.post(path_of(order), {"reason": "?"}).told == UNAUTHENTICATED
    assert shopper.post(path_of(order), {"reason": "?"}).told == FORBIDDEN
    assert staff.post(path_of(order), {"reason": "?"}).told == FORBIDDEN
    assert cashier.get(path_of(order)).told == refused_method("GET")
    assert cashier.post("/store/orders/0/refunds/", {"reason": "?"}).told == (404, missing_body("Order"))
    assert cashier.post(path_of(order), {}).told == (400, field_body(reason=REQUIRED))


def test_refund_of_a_customer_who_was_given_the_right_by_mistake(customer, order):
    customer.user.user_permissions.add(Permission.objects.get(codename="refund_payment"))
    assert sign_in(customer.user).post(path_of(order), {"reason": "?"}).told == FORBIDDEN


def test_refund_repeated_with_its_key_is_one_refund(cashier, order):
    cashier.headers["Idempotency-Key"] = "refund-1"
    first, again = (cashier.post(path_of(order), {"amount": 1, "reason": "Late"}) for _ in range(2))
    assert first.told == again.told
    assert again.headers["Idempotent-Replayed"] == "true"
    assert Refund.objects.count() == 1
