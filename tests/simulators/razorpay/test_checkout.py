import hashlib
import hmac

import pytest
import requests

from simulators.razorpay.cards import FAILING_CARDS
from tests.simulators.razorpay.stage import BANK, CARD, FAILING_UPI, KEY_ID, KEY_SECRET, UPI, Stage


def sign(order_id: str, payment_id: str) -> str:
    return hmac.new(KEY_SECRET.encode(), f"{order_id}|{payment_id}".encode(), hashlib.sha256).hexdigest()


def test_success_answers_three_signed_fields(stage: Stage) -> None:
    order = stage.order()
    progress = stage.start(order, UPI)

    assert progress == {
        "payment_id": progress["payment_id"],
        "next": "done",
        "response": {
            "razorpay_payment_id": progress["payment_id"],
            "razorpay_order_id": order["id"],
            "razorpay_signature": sign(order["id"], progress["payment_id"]),
        },
    }


@pytest.mark.parametrize(
    ("otp", "status"),
    [("1234", "captured"), ("1234567890", "captured"), ("123", "failed"), ("", "failed"), ("abcd", "failed")],
)
def test_one_time_password_decides_on_a_card_payment(stage: Stage, otp: str, status: str) -> None:
    progress = stage.start(stage.order(), CARD)
    stage.answer(progress, otp=otp)

    assert stage.get(f"/payments/{progress['payment_id']}")["status"] == status


def test_wrong_one_time_password_answers_the_documented_error(stage: Stage) -> None:
    order = stage.order()
    progress = stage.start(order, CARD)

    assert stage.answer(progress, otp="12")["error"] == {
        "code": "BAD_REQUEST_ERROR",
        "description": "Authentication failed due to incorrect otp",
        "field": None,
        "source": "customer",
        "step": "payment_authentication",
        "reason": "invalid_otp",
        "metadata": {"payment_id": progress["payment_id"], "order_id": order["id"]},
    }


@pytest.mark.parametrize(("number", "failure"), FAILING_CARDS.items())
def test_error_card_fails_with_its_reason(stage: Stage, number: str, failure: object) -> None:
    progress = stage.start(stage.order(), {**CARD, "number": number})

    assert progress["next"] == "failed"
    assert progress["error"]["reason"] == failure.reason
    assert progress["error"]["code"] == failure.code


def test_error_cards_are_those_of_the_documentation() -> None:
    assert {number[8:]: (failure.code, failure.reason) for number, failure in FAILING_CARDS.items()} == {
        "00090000": ("BAD_REQUEST_ERROR", "payment_timed_out"),
        "00080001": ("BAD_REQUEST_ERROR", "insufficient_fund"),
        "00070002": ("BAD_REQUEST_ERROR", "payment_cancelled"),
        "00060003": ("BAD_REQUEST_ERROR", "card_declined"),
        "00030006": ("BAD_REQUEST_ERROR", "card_disabled_for_online_payments"),
        "00010008": ("BAD_REQUEST_ERROR", "card_number_invalid"),
        "00020007": ("GATEWAY_ERROR", "gateway_technical_error"),
        "00000009": ("GATEWAY_ERROR", "authentication_failed"),
    }


@pytest.mark.parametrize(
    ("number", "network"),
    [
        ("4100 2800 0000 1007", "Visa"),
        ("5500 6700 0000 1002", "MasterCard"),
        ("6527 6589 0000 1005", "RuPay"),
        ("3608 280009 1007", "Diners Club"),
        ("3402 560004 01007", "American Express"),
        ("5555-5555-5555-4444", "MasterCard"),
        ("4012888888881881", "Visa"),
    ],
)
def test_test_card_succeeds(stage: Stage, number: str, network: str) -> None:
    payment = stage.pay(stage.order(), {**CARD, "number": number})

    assert payment["status"] == "captured"
    assert stage.get(f"/payments/{payment['id']}/card")["network"] == network


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({**CARD, "number": "4242"}, "number", "Not a test card. Use 4111 1111 1111 1111."),
        ({**CARD, "expiry": "13/49"}, "expiry", "Write the expiry as MM/YY."),
        ({**CARD, "expiry": ""}, "expiry", "Write the expiry as MM/YY."),
        ({**CARD, "expiry": "01/20"}, "expiry", "This card has expired."),
        ({**CARD, "cvv": "12"}, "cvv", "The CVV has 3 or 4 digits."),
        ({"method": "upi", "vpa": "me@bank"}, "vpa", "Use success@razorpay or failure@razorpay."),
        ({"method": "netbanking"}, "bank", "Choose your bank."),
        ({"method": "wallet"}, "wallet", "Choose your wallet."),
        ({}, "method", "Choose a card, UPI or net banking."),
    ],
)
def test_mistyped_field_starts_no_payment(stage: Stage, fields: dict, field: str, message: str) -> None:
    order = stage.order()

    assert stage.start(order, fields) == {"next": "correct", "field": field, "message": message}
    assert stage.get(f"/orders/{order['id']}") == order


@pytest.mark.parametrize(
    ("outcome", "status", "reason"),
    [
        ("success", "captured", None),
        ("failure", "failed", "payment_failed"),
        ("cancelled", "failed", "payment_cancelled"),
    ],
)
def test_bank_page_decides_on_a_bank_payment(
    stage: Stage, outcome: str, status: str, reason: str | None
) -> None:
    progress = stage.start(stage.order(), BANK)
    stage.answer(progress, outcome=outcome)

    payment = stage.get(f"/payments/{progress['payment_id']}")
    assert (payment["status"], payment["error_reason"], payment["method"]) == (status, reason, "netbanking")


def test_wallet_is_paid_through_the_bank_page(stage: Stage) -> None:
    payment = stage.pay(stage.order(), {"method": "wallet", "wallet": "payzapp"})

    assert (payment["status"], payment["wallet"], payment["acquirer_data"]) == (
        "captured",
        "payzapp",
        {"transaction_id": None},
    )


def test_answer_given_twice_changes_nothing(stage: Stage) -> None:
    progress = stage.start(stage.order(), CARD)
    first = stage.answer(progress, otp="1234")

    assert stage.answer(progress, outcome="cancelled") == first
    assert first["next"] == "done"


def test_retry_after_a_failure_is_a_payment_of_its_own(stage: Stage) -> None:
    order = stage.order()
    failed, captured = stage.pay(order, FAILING_UPI), stage.pay(order)

    assert failed["id"] != captured["id"]
    assert (failed["status"], captured["status"]) == ("failed", "captured")


def test_preferences_show_the_orders_amount(stage: Stage) -> None:
    order = stage.order(12345600)
    preferences = stage.get("/checkout/preferences", key_id=KEY_ID, order_id=order["id"])

    assert preferences == {
        "order_id": order["id"],
        "status": "created",
        "amount": 12345600,
        "currency": "INR",
        "display_amount": "₹1,23,456.00",
        "banks": {
            "HDFC": "HDFC Bank",
            "SBIN": "State Bank of India",
            "ICIC": "ICICI Bank",
            "UTIB": "Axis Bank",
            "KKBK": "Kotak Mahindra Bank",
        },
    }


def test_checkout_needs_the_right_key(stage: Stage) -> None:
    order = stage.order()
    for method, path, options in (
        ("GET", "/checkout/preferences", {"params": {"key_id": "x", "order_id": order["id"]}}),
        ("POST", "/checkout/payments", {"body": {"key_id": "x", "order_id": order["id"], "instrument": UPI}}),
        ("POST", "/checkout/payments/pay_Q7m4R1cVd8Yz0K/answer", {"body": {}}),
    ):
        assert stage.refuse(method, path, **options) == (
            401,
            {"code": "BAD_REQUEST_ERROR", "description": "The api key provided is invalid"},
        )


def test_checkout_needs_an_order(stage: Stage) -> None:
    status, error = stage.refuse("GET", "/checkout/preferences", params={"key_id": KEY_ID, "order_id": ""})

    assert (status, error["description"], error["field"]) == (
        400,
        "The order_id field is required.",
        "order_id",
    )


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/checkout.js", "text/javascript; charset=utf-8"),
        ("/checkout/static/window.js", "text/javascript; charset=utf-8"),
        ("/checkout/static/window.css", "text/css; charset=utf-8"),
        ("/checkout/window?key_id=a&order_id=b", "text/html; charset=utf-8"),
    ],
)
def test_browsers_get_the_windows_files(stage: Stage, path: str, content_type: str) -> None:
    response = requests.get(f"{stage.url}/v1{path}", timeout=5)

    assert (response.status_code, response.headers["Content-Type"]) == (200, content_type)


@pytest.mark.parametrize("name", ["window.html", "nothing.js", "..%2Fserver.py", "..%2Fstatic%2Fwindow.js"])
def test_no_other_file_is_served(stage: Stage, name: str) -> None:
    assert stage.refuse("GET", f"/checkout/static/{name}")[0] == 400
