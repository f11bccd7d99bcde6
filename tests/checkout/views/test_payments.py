import json

import pytest
from django.test import Client

from checkout.models import Order, Payment
from checkout.selectors.orders import order_path
from checkout.views.payments import MESSAGES, describe_payment
from tests.checkout.gateways.servers import answer, serve
from tests.factories.orders import make_intent, make_order, make_order_in, make_payment
from tests.factories.users import make_customer
from tests.simulation import FAILING_UPI

pytestmark = pytest.mark.django_db


def start(client, order: Order):
    return client.post(f"{order_path(order)}pay/")


def verify(client, order: Order, body):
    content = body if isinstance(body, bytes | str) else json.dumps(body)
    return client.post(f"{order_path(order)}verify/", content, content_type="application/json")


@pytest.mark.parametrize("is_guest", [True, False])
def test_buyer_starts_and_verifies_a_payment(client, simulator, pay, is_guest):
    customer = None if is_guest else make_customer()
    if customer:
        client.force_login(customer.user)
    order = make_order(customer=customer)
    options = start(client, order).json()
    assert (options["amount"], options["key"]) == (int(order.total * 100), "rzp_test_haatsimulator")
    response = verify(client, order, pay(options["order_id"])["response"])
    assert (response.status_code, response.json()) == (
        200,
        {"status": "paid", "message": MESSAGES["paid"], "redirect": order_path(order)},
    )
    assert client.get(f"{order_path(order)}status/").json() == {"status": "paid"}


def test_payment_needs_the_pages_token(simulator):
    order = make_order()
    strict = Client(enforce_csrf_checks=True)
    assert start(strict, order).status_code == 403
    assert verify(strict, order, {}).status_code == 403


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("paid", "Order is already paid"),
        ("expired", "The order has expired or was cancelled. Please order again."),
    ],
)
def test_order_that_is_not_waiting_is_not_started(client, status, error):
    order = make_order_in(status)
    response = start(client, order)
    assert (response.status_code, response.json()) == (409, {"error": error, "redirect": order_path(order)})


def test_gateway_that_is_away_keeps_the_order(client):
    order = make_order()
    response = start(client, order)
    assert response.status_code == 503
    assert response.json()["error"].startswith("The payment service cannot be reached right now.")
    assert Order.objects.get().status == "placed"


def test_answer_that_cannot_be_checked_now_is_pending(client, simulator, pay, settings):
    order = make_order()
    answer = pay(start(client, order).json()["order_id"])["response"]
    settings.RAZORPAY_API_URL = "http://127.0.0.1:9"
    response = verify(client, order, answer)
    assert (response.status_code, response.json()["status"]) == (200, "pending")
    assert response.json()["message"] == MESSAGES["pending"]


def test_gateway_that_refuses_to_tell_is_away(client, simulator, pay, settings):
    order = make_order()
    response = pay(start(client, order).json()["order_id"])["response"]
    refusal = answer("400 Bad Request", '{"error": {"code": "BAD_REQUEST_ERROR", "description": "No"}}')
    with serve(refusal) as settings.RAZORPAY_API_URL:
        assert verify(client, order, response).status_code == 503


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"[]",
        b"7",
        b"null",
        b"{}",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        {"razorpay_order_id": 7},
        {"razorpay_order_id": None},
        {"razorpay_order_id": "order_other"},
    ],
)
def test_answer_that_makes_no_sense_is_refused(client, body):
    order = make_order()
    make_intent(order)
    response = verify(client, order, body)
    assert (response.status_code, response.json()) == (400, {"error": "Payment intent not found"})
    assert Payment.objects.count() == 0


def test_forged_answer_is_refused(client, simulator, pay):
    order = make_order()
    genuine = pay(start(client, order).json()["order_id"])["response"]
    response = verify(client, order, {**genuine, "razorpay_signature": "0" * 64})
    assert (response.status_code, response.json()) == (400, {"error": "Invalid payment signature"})
    assert Order.objects.get().status == "placed"


def test_answer_for_another_order_is_refused(client, simulator, pay):
    order, other = make_order(), make_order()
    genuine = pay(start(client, order).json()["order_id"])["response"]
    start(client, other)
    assert verify(client, other, genuine).status_code == 400
    assert set(Order.objects.values_list("status", flat=True)) == {"placed"}


@pytest.mark.parametrize(
    ("report", "word"),
    [
        ({"status": "captured"}, "paid"),
        ({"status": "authorized"}, "pending"),
        ({"status": "failed"}, "pending"),
        ({"status": "captured", "amount": 1}, "held"),
    ],
)
def test_payment_is_described_by_what_became_of_it(report, word):
    assert describe_payment(make_payment(make_intent(make_order()), **report)) == word


@pytest.mark.parametrize("effect", ["late", "surplus"])
def test_payment_that_goes_back_is_described_so(effect):
    assert describe_payment(Payment(status="captured", effect=effect)) == "refunded"
    assert describe_payment(Payment(status="refunded", effect="applied")) == "refunded"


def test_failed_attempt_leaves_the_order_waiting(client, simulator, pay):
    order = make_order()
    pay(start(client, order).json()["order_id"], FAILING_UPI)
    assert client.get(f"{order_path(order)}status/").json() == {"status": "placed"}
