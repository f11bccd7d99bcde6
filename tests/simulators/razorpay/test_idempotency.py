from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.simulators.razorpay.stage import Stage

KEY = {"X-Refund-Idempotency": "store-refund-RF-77"}
MISMATCH = {
    "code": "BAD_REQUEST_ERROR",
    "description": "Different request with the same idempotency key has already been processed.",
    "source": "NA",
    "step": "NA",
    "reason": "NA",
    "metadata": {},
}


def test_same_key_and_body_answer_the_same_refund(stage: Stage) -> None:
    path = f"/payments/{stage.captured()['id']}/refund"
    first = stage.post(path, {"amount": 500, "receipt": "a"}, headers=KEY)
    lower = {name.lower(): value for name, value in KEY.items()}
    again = stage.post(path, {"receipt": "a", "amount": 500}, headers=lower)

    assert again == first
    assert stage.get("/refunds")["count"] == 1


def test_same_key_answers_even_after_the_payment_is_fully_refunded(stage: Stage) -> None:
    path = f"/payments/{stage.captured()['id']}/refund"

    assert stage.post(path, headers=KEY) == stage.post(path, headers=KEY)


def test_same_key_with_another_body_is_a_conflict(stage: Stage) -> None:
    path = f"/payments/{stage.captured()['id']}/refund"
    stage.post(path, {"amount": 500}, headers=KEY)

    assert stage.refuse("POST", path, {"amount": 600}, headers=KEY) == (409, MISMATCH)


def test_same_key_for_another_payment_is_a_conflict(stage: Stage) -> None:
    stage.post(f"/payments/{stage.captured()['id']}/refund", {"amount": 500}, headers=KEY)
    path = f"/payments/{stage.captured()['id']}/refund"

    assert stage.refuse("POST", path, {"amount": 500}, headers=KEY) == (409, MISMATCH)


def test_key_in_flight_is_a_conflict_until_it_is_answered(stage: Stage) -> None:
    path = f"/payments/{stage.captured()['id']}/refund"
    with stage.simulator.keys_in_flight.hold(KEY["X-Refund-Idempotency"]):
        status, error = stage.refuse("POST", path, headers=KEY)

    assert status == 409
    assert error["description"] == "Another request with the same idempotency key is still in progress."
    assert stage.post(path, headers=KEY)["status"] == "processed"


def test_refused_refund_leaves_its_key_free(stage: Stage) -> None:
    path = f"/payments/{stage.captured()['id']}/refund"
    stage.refuse("POST", path, {"amount": 1}, headers=KEY)

    assert stage.post(path, {"amount": 500}, headers=KEY)["amount"] == 500


def test_concurrent_refunds_with_one_key_make_one_refund(stage: Stage) -> None:
    path = f"/payments/{stage.captured()['id']}/refund"
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: stage.send("POST", path, {"amount": 500}, headers=KEY), range(16)))

    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len({answer.json()["id"] for answer in answers if answer.status_code == 200}) == 1
    assert stage.get("/refunds")["count"] == 1


@pytest.mark.parametrize(
    ("key", "description"),
    [
        ("short-key", "The idempotency key must be at least 10 characters long."),
        (
            "ten chars!",
            "The idempotency key must only contain alphanumeric characters, underscores, and hyphens",
        ),
    ],
)
def test_malformed_key_is_refused(stage: Stage, key: str, description: str) -> None:
    path = f"/payments/{stage.captured()['id']}/refund"
    status, error = stage.refuse("POST", path, headers={"X-Refund-Idempotency": key})

    assert (status, error["description"]) == (400, description)
