"""Faults that are ordered strike webhooks and answers, as often as they were ordered, and nothing else."""

import time
from collections import Counter
from typing import Any

import pytest
import requests

from tests.simulators.razorpay.stage import UPI, WEBHOOK_SECRET, Shop, Stage, wait_until
from tests.simulators.razorpay.test_webhooks import sign

ORDER = {"amount": 129900, "currency": "INR"}


def refuse_fault(stage: Stage, **fault: Any) -> str:
    response = requests.post(f"{stage.control_url}/faults", json=fault, timeout=5)
    assert response.status_code == 400
    return response.json()["error"]["description"]


def list_events(stage: Stage) -> list[dict[str, Any]]:
    return stage.control("/events", method="GET")["events"]


def test_dropped_webhook_never_comes_the_next_does(heard_stage: Stage, shop: Shop) -> None:
    heard_stage.fault("drop_webhook", match="payment.captured")
    heard_stage.captured()
    shop.wait_for(2)
    heard_stage.captured()
    names = Counter(delivery.name for delivery in shop.wait_for(5))
    wait_until(lambda: sum(event["delivered"] for event in list_events(heard_stage)) == 5)

    assert names == {"payment.authorized": 2, "payment.captured": 1, "order.paid": 2}


def test_duplicated_webhook_comes_with_the_same_id_and_bytes(heard_stage: Stage, shop: Shop) -> None:
    heard_stage.fault("duplicate_webhook", copies=3, match="order.paid")
    heard_stage.captured()
    copies = [delivery for delivery in shop.wait_for(5) if delivery.name == "order.paid"]

    assert len(copies) == 3
    assert len({(delivery.headers["X-Razorpay-Event-Id"], delivery.body) for delivery in copies}) == 1


def test_delayed_webhook_comes_later(heard_stage: Stage, shop: Shop) -> None:
    heard_stage.fault("delay_webhook", seconds=60, match="payment.captured")
    heard_stage.captured()
    shop.wait_for(2)
    time.sleep(0.1)
    assert len(shop.deliveries) == 2

    heard_stage.control("/clock", {"seconds": 61})
    assert shop.find("payment.captured")


def test_reordered_webhooks_come_the_last_first(heard_stage: Stage, shop: Shop) -> None:
    heard_stage.fault("reorder_webhooks", seconds=0.9, times=3)
    heard_stage.captured()

    assert [delivery.name for delivery in shop.wait_for(3)] == [
        "order.paid",
        "payment.captured",
        "payment.authorized",
    ]


def test_webhook_is_signed_with_the_secret_that_was_ordered(heard_stage: Stage, shop: Shop) -> None:
    heard_stage.fault("resign_webhook", secret="the-old-one", match="payment.captured")
    heard_stage.captured()
    shop.wait_for(3)
    captured, paid = shop.find("payment.captured"), shop.find("order.paid")

    assert captured.headers["X-Razorpay-Signature"] == sign("the-old-one", captured.body)
    assert paid.headers["X-Razorpay-Signature"] == sign(WEBHOOK_SECRET, paid.body)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_error_is_answered_as_often_as_ordered(stage: Stage, status: int) -> None:
    stage.fault("answer_error", status=status, times=2)

    refusals = [stage.refuse("POST", "/orders", ORDER)[0] for _ in range(2)]
    assert refusals == [status, status]
    assert stage.get("/orders")["count"] == 0
    assert stage.order()["status"] == "created"


def test_html_is_answered_as_a_proxy_does(stage: Stage) -> None:
    stage.fault("answer_html")
    answer = stage.send("POST", "/orders", ORDER)

    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html")
    assert "502 Bad Gateway" in answer.text


@pytest.mark.parametrize(("after_commit", "made"), [(False, 0), (True, 1)])
def test_connection_ends_without_an_answer(stage: Stage, after_commit: bool, made: int) -> None:
    stage.fault("answer_nothing", after_commit=after_commit)
    with pytest.raises(requests.ConnectionError, match="without response"):
        stage.send("POST", "/orders", ORDER)

    assert stage.get("/orders")["count"] == made


def test_silence_lasts_as_long_as_ordered(stage: Stage) -> None:
    stage.fault("answer_nothing", seconds=5)
    with pytest.raises(requests.ReadTimeout):
        stage.session.post(f"{stage.url}/v1/orders", json=ORDER, timeout=0.2)


def test_connection_is_reset_after_the_commit(stage: Stage) -> None:
    stage.fault("reset_connection", match="POST /v1/orders")
    with pytest.raises(requests.ConnectionError, match="reset by peer"):
        stage.send("POST", "/orders", ORDER)

    assert stage.get("/orders")["count"] == 1


def test_connection_may_be_reset_before_anything_is_done(stage: Stage) -> None:
    stage.fault("reset_connection", after_commit=False)
    with pytest.raises(requests.ConnectionError, match="reset by peer"):
        stage.send("POST", "/orders", ORDER)

    assert stage.get("/orders")["count"] == 0


@pytest.mark.parametrize(("after_commit", "status"), [(True, 200), (False, 504)])
def test_slow_answer_comes_late(stage: Stage, after_commit: bool, status: int) -> None:
    stage.fault("answer_slowly", seconds=0.3, after_commit=after_commit)
    started = time.monotonic()

    assert stage.send("POST", "/orders", ORDER).status_code == status
    assert time.monotonic() - started >= 0.3


def test_fault_strikes_what_matches_only(stage: Stage) -> None:
    stage.fault("answer_error", match="GET /v1/orders/*", times=0)
    order = stage.order()

    assert [stage.refuse("GET", f"/orders/{order['id']}")[0] for _ in range(3)] == [500] * 3
    assert stage.get("/orders")["count"] == 1


def test_customers_pay_while_the_api_fails(stage: Stage) -> None:
    order = stage.order()
    stage.fault("answer_error", times=0)
    body = {"key_id": "rzp_test_haatsimulator", "order_id": order["id"], "instrument": UPI, "customer": {}}

    assert stage.post("/checkout/payments", body)["next"] == "done"
    assert stage.refuse("GET", f"/orders/{order['id']}")[0] == 500


def test_faults_are_listed_and_cleared(stage: Stage) -> None:
    fault = stage.fault("answer_error", status=429)
    assert fault == {
        "id": 1,
        "kind": "answer_error",
        "match": "",
        "times": 1,
        "struck": 0,
        "options": {"status": 429, "after_commit": False},
    }
    stage.refuse("POST", "/orders", ORDER)
    assert stage.control("/faults", method="GET") == {"faults": [{**fault, "struck": 1}]}

    stage.fault("answer_error")
    assert stage.control("/faults", method="DELETE") == {"faults": []}
    assert stage.order()["status"] == "created"


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"kind": "drop_webhook", "times": -1}, "The times must be a whole number, 0 for always."),
        ({"kind": "drop_webhook", "match": 1}, "The match must be a pattern."),
        ({"kind": "drop_webhook", "seconds": 1}, "seconds is no option of this kind."),
        ({"kind": "delay_webhook", "seconds": "x"}, "The seconds cannot be 'x'."),
        ({"kind": "answer_error", "status": 0}, "The status cannot be 0."),
        ({"kind": "answer_error", "after_commit": 1}, "The after_commit cannot be 1."),
    ],
)
def test_fault_that_cannot_be_is_refused(stage: Stage, fault: dict[str, Any], sentence: str) -> None:
    assert refuse_fault(stage, **fault) == sentence


def test_unknown_kind_is_refused_with_the_known_ones(stage: Stage) -> None:
    assert refuse_fault(stage, kind="explode").startswith("The kind must be one of delay_webhook, drop_")
