"""Opening and verifying payments, against the real simulator in a process of its own."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from checkout.models import Order, Payment, PaymentIntent
from checkout.selectors.orders import make_order_token
from checkout.services.payments import record_payment
from pages.models import ShopSettings
from tests.api.wire import (
    ENCODINGS,
    NOT_FOUND,
    REQUIRED,
    UNAUTHENTICATED,
    detail_body,
    field_body,
    refused_method,
)
from tests.factories.catalogue import make_item
from tests.factories.orders import (
    make_cancelled_order,
    make_intent,
    make_order,
    make_paid_order,
    report_payment,
)
from tests.simulation import KEY_ID, UPI

pytestmark = pytest.mark.django_db

OPEN, VERIFY = "/payments/create-payment-intent/", "/payments/verify-payment/"
ORDER_NOT_FOUND = (400, field_body(order_id=["Order not found"]))
INTENT_NOT_FOUND = (400, field_body(non_field_errors=["Payment intent not found"]))
INVALID_SIGNATURE = (400, field_body(non_field_errors=["Invalid payment signature"]))
UNREACHABLE = "The payment service cannot be reached right now. Please try again."


@pytest.fixture
def order(customer) -> Order:
    return make_order((make_item(unit_price="71.88"), 1), customer=customer)


@pytest.fixture
def away(settings) -> None:
    """Nobody listens where Razorpay should be."""
    settings.RAZORPAY_API_URL = "http://127.0.0.1:9"


def utc(moment) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def paid_by(pay, razorpay_order_id: str) -> dict:
    return pay(razorpay_order_id, UPI)["response"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_open_payment(shopper, simulator, order, encoding):
    answer = shopper.post(OPEN, {"order_id": order.pk}, encoding)
    intent = PaymentIntent.objects.get()
    assert answer.told == (
        201,
        {
            "payment_intent": {
                "id": intent.pk,
                "order_id": order.pk,
                "razorpay_order_id": intent.razorpay_order_id,
                "amount": order.total,
                "currency": "INR",
                "status": "created",
                "receipt": intent.receipt,
                "customer_name": "Asha Rao",
                "created_at": utc(intent.created_at),
            },
            "razorpay_key": KEY_ID,
            "razorpay_order_id": intent.razorpay_order_id,
            "amount": 7907,
            "currency": "INR",
            "name": "Haat",
            "description": f"Payment for Order #{order.pk}",
            "customer": {"name": "Asha Rao", "email": "asha@example.com", "contact": "+919876543210"},
        },
    )
    assert b'"amount":79.07,' in answer.content
    assert simulator.fetch(f"/orders/{intent.razorpay_order_id}")["amount"] == 7907


def test_open_payment_names_the_shop(shopper, simulator, order):
    shop = ShopSettings.load()
    shop.name = "Bazaar"
    shop.save()
    cache.clear()
    assert shopper.post(OPEN, {"order_id": order.pk}).body["name"] == "Bazaar"


def test_open_payment_again_uses_the_open_intent(shopper, simulator, order):
    first = shopper.post(OPEN, {"order_id": order.pk})
    assert shopper.post(OPEN, {"order_id": order.pk}).body == first.body
    assert PaymentIntent.objects.count() == 1


def test_open_payment_ignores_what_clients_may_not_set(shopper, simulator, order):
    body = {"order_id": order.pk, "amount": 1, "currency": "USD", "status": "paid"}
    answer = shopper.post(OPEN, body)
    assert (answer.body["amount"], answer.body["currency"]) == (7907, "INR")


def test_open_payment_of_a_guest(guest, simulator):
    order = make_order((make_item(unit_price="10.00"), 1))
    answer = guest.post(OPEN, {"order_token": make_order_token(order)})
    assert (answer.status, answer.body["amount"]) == (201, 1100)
    assert answer.body["customer"]["email"] == "guest@example.com"


@pytest.mark.parametrize("token", ["nonsense", "a.b", "🪔.x"])
def test_open_payment_with_a_bad_order_token(guest, shopper, token):
    for caller in (guest, shopper):
        assert caller.post(OPEN, {"order_token": token}).told == ORDER_NOT_FOUND


@pytest.mark.parametrize(
    ("token", "message"),
    [
        ("a\0", "Null characters are not allowed."),
        ("x" * 201, "Ensure this field has no more than 200 characters."),
        ([1], "Not a valid string."),
    ],
)
def test_open_payment_with_an_order_token_that_is_none(guest, token, message):
    assert guest.post(OPEN, {"order_token": token}).told == (400, field_body(order_token=[message]))


def test_open_payment_who(guest, stranger, staff, order):
    body = {"order_id": order.pk}
    assert guest.post(OPEN, body).told == UNAUTHENTICATED
    assert guest.post(OPEN, {"order_id": "abc", "order_token": ""}).told == UNAUTHENTICATED
    assert guest.post(OPEN, []).told == UNAUTHENTICATED
    for other in (stranger, staff):
        assert other.post(OPEN, body).told == ORDER_NOT_FOUND


@pytest.mark.parametrize("number", [999999, -1, 0, 10**30])
def test_open_payment_missing_order(shopper, number):
    assert shopper.post(OPEN, {"order_id": number}).told == ORDER_NOT_FOUND


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, REQUIRED[0]),
        ({"order_id": "abc"}, "A valid integer is required."),
        ({"order_id": None}, "This field may not be null."),
        ({"order_id": [1]}, "A valid integer is required."),
    ],
)
def test_open_payment_bad_order_id(shopper, body, message):
    assert shopper.post(OPEN, body).told == (400, field_body(order_id=[message]))


def test_open_payment_already_paid(shopper, customer):
    order = make_paid_order(customer=customer)
    answer = shopper.post(OPEN, {"order_id": order.pk})
    assert answer.told == (400, field_body(order_id=["Order is already paid"]))


def test_open_payment_of_an_ended_order(shopper, customer):
    order = make_cancelled_order(customer=customer)
    answer = shopper.post(OPEN, {"order_id": order.pk})
    sentence = "The order has expired or was cancelled. Please order again."
    assert answer.told == (409, detail_body(sentence, "order_ended"))


def test_open_payment_while_the_gateway_is_away(shopper, order, away):
    answer = shopper.post(OPEN, {"order_id": order.pk})
    assert answer.told == (503, detail_body(UNREACHABLE, "gateway_unavailable"))
    assert answer.headers["Retry-After"] == "5"


def test_open_payment_goes_on_when_the_gateway_is_back(shopper, order, settings, away, request):
    shopper.post(OPEN, {"order_id": order.pk})
    request.getfixturevalue("simulator")
    assert shopper.post(OPEN, {"order_id": order.pk}).status == 201
    assert PaymentIntent.objects.count() == 1


def test_open_payment_that_the_gateway_refuses(shopper, customer, simulator):
    order = make_order((make_item(unit_price="9000000.00"), 1), customer=customer)
    answer = shopper.post(OPEN, {"order_id": order.pk})
    sentence = "The payment service refused the request. Please try again."
    assert answer.told == (503, detail_body(sentence, "gateway_unavailable"))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_verify_payment(shopper, pay, order, encoding):
    opened = shopper.post(OPEN, {"order_id": order.pk}).body
    response = paid_by(pay, opened["razorpay_order_id"])
    answer = shopper.post(VERIFY, response, encoding)
    assert answer.told == (
        200,
        {
            "message": "Payment verified successfully",
            "payment_intent": {**opened["payment_intent"], "status": "paid"},
            "order_status": "Complete",
        },
    )
    order.refresh_from_db()
    assert order.payment_status == "C"
    assert shopper.post(VERIFY, response).told == answer.told
    assert Payment.objects.count() == 1


def test_verify_payment_of_a_guest(guest, shopper, pay):
    token = make_order_token(make_order())
    opened = guest.post(OPEN, {"order_token": token}).body
    response = paid_by(pay, opened["razorpay_order_id"])
    assert guest.post(VERIFY, response).told == UNAUTHENTICATED
    assert guest.post(VERIFY, {**response, "order_token": "guess"}).told == INTENT_NOT_FOUND
    assert shopper.post(VERIFY, response).told == INTENT_NOT_FOUND
    assert guest.post(VERIFY, {**response, "order_token": token}).body["order_status"] == "Complete"


def test_verify_payment_of_another(stranger, shopper, pay, order):
    opened = shopper.post(OPEN, {"order_id": order.pk}).body
    response = paid_by(pay, opened["razorpay_order_id"])
    assert stranger.post(VERIFY, response).told == INTENT_NOT_FOUND
    order.refresh_from_db()
    assert order.payment_status == "P"


def test_verify_payment_unknown_intent(shopper):
    body = {"razorpay_order_id": "order_x", "razorpay_payment_id": "pay_x", "razorpay_signature": "x"}
    assert shopper.post(VERIFY, body).told == INTENT_NOT_FOUND


@pytest.mark.parametrize("signature", ["0" * 64, "short", "ünïcode", "🪔"])
def test_verify_payment_bad_signature(shopper, simulator, order, signature):
    intent = make_intent(order)
    body = {
        "razorpay_order_id": intent.razorpay_order_id,
        "razorpay_payment_id": "pay_x",
        "razorpay_signature": signature,
    }
    assert shopper.post(VERIFY, body).told == INVALID_SIGNATURE
    assert Payment.objects.count() == 0


def test_verify_payment_with_the_signature_of_another_payment(shopper, pay, order):
    opened = shopper.post(OPEN, {"order_id": order.pk}).body
    response = paid_by(pay, opened["razorpay_order_id"])
    assert shopper.post(VERIFY, {**response, "razorpay_payment_id": "pay_other"}).told == INVALID_SIGNATURE


def test_verify_payment_required_fields(shopper):
    names = ("razorpay_order_id", "razorpay_payment_id", "razorpay_signature")
    assert shopper.post(VERIFY, {}).told == (400, field_body(**dict.fromkeys(names, REQUIRED)))


def test_verify_payment_bad_values(shopper):
    body = {"razorpay_order_id": "x" * 41, "razorpay_payment_id": ["x"], "razorpay_signature": "a\0"}
    expected = field_body(
        razorpay_order_id=["Ensure this field has no more than 40 characters."],
        razorpay_payment_id=["Not a valid string."],
        razorpay_signature=["Null characters are not allowed."],
    )
    assert shopper.post(VERIFY, body).told == (400, expected)


def test_verify_payment_while_the_gateway_is_away(shopper, pay, order, settings):
    opened = shopper.post(OPEN, {"order_id": order.pk}).body
    response = paid_by(pay, opened["razorpay_order_id"])
    settings.RAZORPAY_API_URL = "http://127.0.0.1:9"
    answer = shopper.post(VERIFY, response)
    assert answer.told == (503, detail_body(UNREACHABLE, "gateway_unavailable"))


def verify_as(shopper, monkeypatch, payment: Payment):
    """Verify while the gateway, asked about this payment, has told what the row says."""
    monkeypatch.setattr("api.views.payments.verify_payment", lambda **fields: payment)
    body = {"razorpay_order_id": "order_x", "razorpay_payment_id": "pay_x", "razorpay_signature": "x"}
    return shopper.post(VERIFY, body)


def test_verify_payment_only_authorized_yet(shopper, order, monkeypatch):
    payment = record_payment(reported=report_payment(make_intent(order), status="authorized"))
    answer = verify_as(shopper, monkeypatch, payment)
    assert (answer.status, answer.body["order_status"]) == (200, "Pending")
    assert answer.body["payment_intent"]["status"] == "attempted"


def test_verify_payment_held(shopper, order, monkeypatch):
    payment = record_payment(reported=report_payment(make_intent(order), amount=order.total - 1))
    sentence = "The payment is being checked by staff."
    assert verify_as(shopper, monkeypatch, payment).told == (409, detail_body(sentence, "payment_held"))


def test_verify_payment_second_of_an_order(shopper, order, monkeypatch):
    intent = make_intent(order)
    record_payment(reported=report_payment(intent))
    payment = record_payment(reported=report_payment(intent))
    sentence = "The payment is being refunded."
    assert verify_as(shopper, monkeypatch, payment).told == (409, detail_body(sentence, "payment_refunded"))


def test_verify_payment_refunded_since(shopper, order, monkeypatch):
    intent = make_intent(order)
    report = report_payment(intent, payment_id="pay_x")
    record_payment(reported=report)
    payment = record_payment(reported=report_payment(intent, payment_id="pay_x", status="refunded"))
    assert verify_as(shopper, monkeypatch, payment).body["code"] == "payment_refunded"


def test_payment_status(shopper, order):
    intent = make_intent(order)
    shape = {
        "id": intent.pk,
        "order_id": order.pk,
        "razorpay_order_id": intent.razorpay_order_id,
        "amount": order.total,
        "currency": "INR",
        "status": "created",
        "receipt": intent.receipt,
        "customer_name": "Asha Rao",
        "created_at": utc(intent.created_at),
    }
    expected = {"order_id": order.pk, "payment_status": "P", "payment_intents": [shape]}
    assert shopper.get(f"/payments/status/{order.pk}/").told == (200, expected)


def test_payment_status_newest_intent_first(shopper, order):
    old = make_intent(order)
    new = PaymentIntent.objects.create(order=order, amount=1, currency="INR", created_at=timezone.now())
    intents = shopper.get(f"/payments/status/{order.pk}/").body["payment_intents"]
    assert [intent["id"] for intent in intents] == [new.pk, old.pk]


def test_payment_status_who(guest, stranger, staff, shopper, order):
    path = f"/payments/status/{order.pk}/"
    missing = (404, detail_body("Order not found", "not_found"))
    assert guest.get(path).told == UNAUTHENTICATED
    assert stranger.get(path).told == missing
    assert staff.get(path).told == missing
    assert shopper.get("/payments/status/999999/").told == missing
    assert shopper.get("/payments/status/abc/").told == NOT_FOUND


def test_payment_methods_that_are_none(guest, shopper, order):
    for caller in (guest, shopper):
        for path in (OPEN, VERIFY, "/payments/webhook/"):
            assert caller.get(path).told == refused_method("GET")
    assert shopper.post(f"/payments/status/{order.pk}/", {}).told == refused_method("POST")
