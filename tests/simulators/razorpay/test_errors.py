import base64

import pytest
import requests

from tests.simulators.razorpay.stage import KEY_ID, KEY_SECRET, Stage

UNAUTHORIZED = {"error": {"code": "BAD_REQUEST_ERROR", "description": "Authentication failed"}}
UNKNOWN_URL = {
    "code": "BAD_REQUEST_ERROR",
    "description": "The requested URL was not found on the server.",
    "source": "NA",
    "step": "NA",
    "reason": "NA",
    "metadata": {},
}
CREDENTIALS = base64.b64encode(f"{KEY_ID}:{KEY_SECRET}".encode()).decode()


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        f"basic {CREDENTIALS}",
        f"Bearer {CREDENTIALS}",
        "Basic nonsense",
        "Basic " + base64.b64encode(f"{KEY_ID}:wrong".encode()).decode(),
    ],
)
def test_bad_credentials_are_refused(stage: Stage, authorization: str | None) -> None:
    headers = {"Authorization": authorization} if authorization is not None else {}
    response = requests.get(f"{stage.url}/v1/orders", headers=headers, timeout=5)

    assert (response.status_code, response.json()) == (401, UNAUTHORIZED)
    assert response.headers["WWW-Authenticate"] == 'Basic realm="Razorpay"'


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("DELETE", "/orders"),
        ("PUT", "/orders"),
        ("POST", "/refunds"),
        ("GET", "/orders/"),
    ],
)
def test_unknown_url_or_verb_is_a_bad_request(stage: Stage, method: str, path: str) -> None:
    assert stage.refuse(method, path) == (400, UNKNOWN_URL)


def test_unknown_url_outside_v1_is_a_bad_request(stage: Stage) -> None:
    response = requests.get(f"{stage.url}/", timeout=5)

    assert (response.status_code, response.json()) == (400, {"error": UNKNOWN_URL})


@pytest.mark.parametrize(
    "path",
    [
        "/orders/order_Q7m3XkT9aLw2Bn",
        "/payments/pay_Q7m4R1cVd8Yz0K",
        "/refunds/rfnd_Q7m9JpHs5Et6Gu",
        "/disputes/disp_Q7sT2mLc8Nv4Wx",
        "/orders/order_Q7m3XkT9aLw2Bn/payments",
        "/payments/pay_Q7m4R1cVd8Yz0K/refunds",
    ],
)
def test_unknown_id_is_a_bad_request(stage: Stage, path: str) -> None:
    assert stage.refuse("GET", path) == (
        400,
        {
            "code": "BAD_REQUEST_ERROR",
            "description": "The id provided does not exist",
            "source": "business",
            "step": "payment_initiation",
            "reason": "input_validation_failed",
            "metadata": {},
        },
    )


@pytest.mark.parametrize(
    ("path", "identifier"),
    [
        ("/orders/17", "17"),
        ("/orders/pay_Q7m4R1cVd8Yz0K", "pay_Q7m4R1cVd8Yz0K"),
        ("/payments/pay_short", "pay_short"),
        ("/refunds/x", "x"),
    ],
)
def test_malformed_id_is_not_a_valid_id(stage: Stage, path: str, identifier: str) -> None:
    status, error = stage.refuse("GET", path)

    assert (status, error["description"]) == (400, f"{identifier} is not a valid id")


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b'"text"'])
def test_body_that_is_no_object_is_refused(stage: Stage, body: bytes) -> None:
    response = stage.session.post(f"{stage.url}/v1/orders", data=body, timeout=5)

    assert response.status_code == 400
    assert response.json()["error"]["description"] == "The request body must be a JSON object."


def test_fault_of_the_simulator_is_a_server_error_and_changes_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr("simulators.razorpay.orders.show_order", lambda order: 1 / 0)
    refusal = stage.refuse("POST", "/orders", {"amount": 100, "currency": "INR"})
    monkeypatch.undo()

    assert refusal == (
        500,
        {
            "code": "SERVER_ERROR",
            "description": "The server encountered an error. The incident has been reported to admins.",
            "metadata": {},
        },
    )
    assert stage.get("/orders")["count"] == 0
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_health_needs_no_credentials(stage: Stage) -> None:
    response = requests.get(f"{stage.url}/health", timeout=5)

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
