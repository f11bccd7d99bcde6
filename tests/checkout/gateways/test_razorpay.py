import threading
import time
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from checkout.gateways import razorpay
from checkout.gateways.razorpay import (
    GatewayError,
    GatewayPayment,
    GatewayRefund,
    GatewayUnavailable,
    capture_payment,
    create_order,
    create_refund,
    fetch_payment,
    fetch_payments,
    fetch_recent_refunds,
    fetch_refund,
    fetch_refunds,
    find_order,
    find_refund,
    get_client,
    to_paise,
    to_rupees,
)
from tests.checkout.gateways.servers import NOTHING, RESET, SILENCE, answer, serve
from tests.simulation import FAILING_UPI

REFUSAL = '{"error": {"code": "%s", "description": "Too many requests"}}'
CALLS = [
    lambda: create_order(amount=Decimal(1), currency="INR", receipt="r", notes={}),
    lambda: find_order(receipt="r"),
    lambda: fetch_payment("pay_1"),
    lambda: fetch_payments("order_1"),
    lambda: capture_payment(payment_id="pay_1", amount=Decimal(1), currency="INR"),
    lambda: create_refund(payment_id="pay_1", amount=Decimal(1), key="refund-pay_1-1"),
    lambda: fetch_refund("rfnd_1"),
    lambda: fetch_refunds(payment_id="pay_1"),
    lambda: fetch_recent_refunds(since=datetime(2026, 11, 1, tzinfo=UTC)),
]


@pytest.mark.parametrize(
    ("rupees", "paise"), [("1.00", 100), ("0.01", 1), ("1299.99", 129999), ("9999999999.99", 999999999999)]
)
def test_rupees_and_paise_are_the_same_money(rupees, paise):
    assert to_paise(Decimal(rupees)) == paise
    assert to_rupees(paise) == Decimal(rupees)
    assert str(to_rupees(paise)) == rupees


# At the simulator


def test_created_order_is_captured_automatically(simulator):
    order_id = create_order(amount=Decimal("1299.50"), currency="INR", receipt="abc", notes={"order": "7"})
    made = simulator.fetch(f"/orders/{order_id}")
    assert (made["amount"], made["currency"], made["receipt"]) == (129950, "INR", "abc")
    assert (made["status"], made["notes"]) == ("created", {"order": "7"})
    assert fetch_payment(simulator.pay(order_id)["payment_id"]).status == "captured"


def test_order_is_found_by_its_receipt(simulator):
    order_id = create_order(amount=Decimal(10), currency="INR", receipt="find-me", notes={})
    create_order(amount=Decimal(10), currency="INR", receipt="another", notes={})
    assert find_order(receipt="find-me") == order_id
    assert find_order(receipt="nowhere") is None


def test_captured_payment_is_read(simulator):
    order_id = create_order(amount=Decimal("12.34"), currency="INR", receipt="read", notes={})
    payment_id = simulator.pay(order_id)["payment_id"]
    assert fetch_payment(payment_id) == GatewayPayment(
        id=payment_id,
        order_id=order_id,
        status="captured",
        amount=Decimal("12.34"),
        currency="INR",
        method="upi",
        error="",
    )


def test_every_attempt_at_an_order_is_read(simulator):
    order_id = create_order(amount=Decimal(10), currency="INR", receipt="attempts", notes={})
    failed, paid = simulator.pay(order_id, FAILING_UPI), simulator.pay(order_id)
    attempts = {payment.id: payment for payment in fetch_payments(order_id)}
    assert {key: payment.status for key, payment in attempts.items()} == {
        failed["payment_id"]: "failed",
        paid["payment_id"]: "captured",
    }
    assert attempts[failed["payment_id"]].error.startswith("Payment was unsuccessful")


def test_authorized_payment_is_captured(simulator):
    order_id = simulator.create_order(1234, payment={"capture": "manual"})
    payment_id = simulator.pay(order_id)["payment_id"]
    captured = capture_payment(payment_id=payment_id, amount=Decimal("12.34"), currency="INR")
    assert (captured.id, captured.status, captured.amount) == (payment_id, "captured", Decimal("12.34"))
    with pytest.raises(GatewayError, match="already been captured"):
        capture_payment(payment_id=payment_id, amount=Decimal("12.34"), currency="INR")


def test_refund_with_the_same_key_is_the_same_refund(simulator):
    payment_id = simulator.pay(create_order(amount=Decimal(10), currency="INR", receipt="r1", notes={}))[
        "payment_id"
    ]
    key = f"refund-{payment_id}-1"
    refunds = [create_refund(payment_id=payment_id, amount=Decimal("4.50"), key=key) for _ in range(2)]
    assert refunds[0] == refunds[1] == fetch_refund(refunds[0].id)
    assert refunds[0] == GatewayRefund(
        id=refunds[0].id,
        payment_id=payment_id,
        status="processed",
        amount=Decimal("4.50"),
        receipt=key,
    )
    assert simulator.fetch(f"/payments/{payment_id}")["amount_refunded"] == 450


def test_refund_is_found_by_its_key(simulator):
    order_id = create_order(amount=Decimal(10), currency="INR", receipt="r2", notes={})
    payment_id = simulator.pay(order_id)["payment_id"]
    made = create_refund(payment_id=payment_id, amount=Decimal("4.50"), key="refund-of-mine-1")
    assert find_refund(payment_id=payment_id, key="refund-of-mine-1") == made
    assert find_refund(payment_id=payment_id, key="refund-of-mine-2") is None


def test_refusal_says_what_the_gateway_said(simulator):
    with pytest.raises(GatewayError, match="at least INR") as refused:
        create_order(amount=Decimal("0.50"), currency="INR", receipt="r", notes={})
    assert not isinstance(refused.value, GatewayUnavailable)


def test_wrong_key_is_no_refusal_of_the_payment(simulator, settings):
    settings.RAZORPAY_KEY_ID = "rzp_test_another"
    with pytest.raises(GatewayUnavailable, match="401"):
        fetch_payment("pay_ABCDEFGHIJKLMN")


def test_each_thread_has_a_client_of_its_own(simulator, settings):
    mine, theirs = get_client(), []
    thread = threading.Thread(target=lambda: theirs.append(get_client()))
    thread.start()
    thread.join()
    assert get_client() is mine
    assert theirs[0] is not mine
    settings.RAZORPAY_KEY_ID = "rzp_test_another"
    assert get_client() is not mine


# At gateways that misbehave


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "reply",
    [
        NOTHING,
        RESET,
        answer("502 Bad Gateway", "<html><h1>Bad gateway</h1></html>", "text/html"),
        answer("200 OK", "<html>Maintenance</html>", "text/html"),
        answer("500 Internal Server Error", REFUSAL % "SERVER_ERROR"),
        answer("500 Internal Server Error", '{"error": null}'),
        answer("502 Bad Gateway", REFUSAL % "GATEWAY_ERROR"),
        answer("429 Too Many Requests", REFUSAL % "BAD_REQUEST_ERROR"),
        answer("409 Conflict", REFUSAL % "BAD_REQUEST_ERROR"),
        answer("200 OK", "[]"),
        answer("200 OK", "7"),
        answer("200 OK", "{}"),
        answer("200 OK", '{"items": [{}]}'),
        answer("200 OK", '{"items": {"a": 1}}'),
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\n\r\n",
    ],
    ids=[
        "nothing",
        "reset",
        "html-502",
        "html-200",
        "server-error",
        "null-error",
        "gateway-error",
        "too-many",
        "conflict",
        "list",
        "number",
        "empty",
        "odd-items",
        "items-no-list",
        "cut-off",
        "no-http",
        "no-content",
    ],
)
def test_answer_that_says_nothing_certain_is_unavailable(settings, call, reply):
    with serve(reply) as settings.RAZORPAY_API_URL, pytest.raises(GatewayUnavailable):
        call()


@pytest.mark.parametrize("call", CALLS)
def test_refused_request_is_an_error_and_not_a_silence(settings, call):
    reply = answer("400 Bad Request", '{"error": {"code": "BAD_REQUEST_ERROR", "description": "No such id"}}')
    with (
        serve(reply) as settings.RAZORPAY_API_URL,
        pytest.raises(GatewayError, match="No such id") as refused,
    ):
        call()
    assert not isinstance(refused.value, GatewayUnavailable)


@pytest.mark.parametrize(
    "entity",
    [
        '{"id": "pay_1", "status": "captured", "amount": null, "currency": "INR"}',
        '{"id": "pay_1", "status": "captured", "amount": "many", "currency": "INR"}',
        '{"id": "pay_1", "amount": 100, "currency": "INR"}',
    ],
)
def test_payment_that_cannot_be_read_is_unavailable(settings, entity):
    reply = answer("200 OK", entity)
    with serve(reply) as settings.RAZORPAY_API_URL, pytest.raises(GatewayUnavailable, match="be read"):
        fetch_payment("pay_1")


def test_status_that_nobody_knows_says_nothing_of_the_money(settings):
    reply = answer("200 OK", '{"id": "pay_1", "status": "pondering", "amount": 100, "currency": "INR"}')
    with serve(reply) as settings.RAZORPAY_API_URL:
        assert fetch_payment("pay_1").status == "created"


def test_refunds_are_read_page_by_page(simulator, monkeypatch):
    monkeypatch.setattr(razorpay, "LARGEST_PAGE", 2)
    payment_id = simulator.pay(simulator.create_order(50000))["payment_id"]
    made = [simulator.post(f"/payments/{payment_id}/refund", {"amount": 100})["id"] for _ in range(5)]
    assert sorted(refund.id for refund in fetch_refunds(payment_id=payment_id)) == sorted(made)


def test_nobody_listening_is_unavailable(settings):
    settings.RAZORPAY_API_URL = "http://127.0.0.1:9"
    with pytest.raises(GatewayUnavailable, match="did not answer"):
        fetch_payment("pay_1")


def test_silence_ends_with_the_timeout(settings):
    settings.RAZORPAY_TIMEOUT_SECONDS = (1, 0.2)
    began = time.monotonic()
    with serve(SILENCE) as settings.RAZORPAY_API_URL, pytest.raises(GatewayUnavailable):
        fetch_payment("pay_1")
    assert 0.15 < time.monotonic() - began < 3


def test_timeouts_are_three_seconds_to_connect_and_twenty_to_answer(settings):
    assert settings.RAZORPAY_TIMEOUT_SECONDS == (3.05, 20)
