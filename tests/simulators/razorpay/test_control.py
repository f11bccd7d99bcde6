"""The control port: payments behind the browser's back, disputes, refunds, time, replays."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import requests

from simulators.razorpay.signatures import sign_payment
from tests.simulators.razorpay.stage import (
    CARD,
    FAILING_UPI,
    KEY_ID,
    KEY_SECRET,
    Shop,
    Stage,
    open_stage,
    wait_until,
)


def tell(stage: Stage, order: dict[str, Any], story: str, **fields: Any) -> list[dict[str, Any]]:
    return stage.control("/payments", {"order_id": order["id"], "story": story, **fields})["payments"]


def refuse(stage: Stage, path: str, body: Any, method: str = "POST") -> tuple[int, str]:
    response = requests.request(method, stage.control_url + path, json=body, timeout=5)
    return response.status_code, response.json()["error"]["description"]


@pytest.mark.parametrize(
    ("story", "statuses", "order_status"),
    [
        ("open", ["created"], "attempted"),
        ("authorized", ["authorized"], "attempted"),
        ("captured", ["captured"], "paid"),
        ("failed", ["failed"], "attempted"),
        ("failed_then_captured", ["captured"], "paid"),
        ("twice", ["captured", "captured"], "paid"),
    ],
)
def test_story_leaves_its_payments(stage: Stage, story: str, statuses: list[str], order_status: str) -> None:
    order = stage.order()
    payments = tell(stage, order, story)

    assert [payment["status"] for payment in payments] == statuses
    assert [item["status"] for item in stage.get(f"/orders/{order['id']}/payments")["items"]] == statuses
    assert stage.get(f"/orders/{order['id']}")["status"] == order_status


def test_payment_of_a_story_carries_what_a_browser_brings_back(stage: Stage) -> None:
    order = stage.order()
    (payment,) = tell(stage, order, "captured")

    assert payment["response"] == {
        "razorpay_payment_id": payment["id"],
        "razorpay_order_id": order["id"],
        "razorpay_signature": sign_payment(KEY_SECRET, order["id"], payment["id"]),
    }


def test_payment_may_differ_from_its_order(stage: Stage) -> None:
    (payment,) = tell(stage, stage.order(), "captured", amount=5000, currency="USD")

    assert (payment["amount"], payment["currency"]) == (5000, "USD")


def test_failed_then_captured_is_announced_in_that_order(heard_stage: Stage, shop: Shop) -> None:
    tell(heard_stage, heard_stage.order(), "failed_then_captured")
    shop.wait_for(4)
    events = heard_stage.control("/events", method="GET")["events"]

    assert [event["name"] for event in events] == [
        "payment.failed",
        "payment.authorized",
        "payment.captured",
        "order.paid",
    ]


def test_order_paid_twice_is_announced_paid_once(heard_stage: Stage, shop: Shop) -> None:
    tell(heard_stage, heard_stage.order(), "twice")
    names = Counter(delivery.name for delivery in shop.wait_for(5))

    assert names == {"payment.authorized": 2, "payment.captured": 2, "order.paid": 1}


def test_failed_payment_is_authorized_late_and_captured(stage: Stage) -> None:
    payment = stage.pay(stage.order(), FAILING_UPI)

    assert stage.control(f"/payments/{payment['id']}/authorize")["status"] == "captured"


def test_payment_authorized_after_the_orders_time_is_not_captured(stage: Stage) -> None:
    payment_id = stage.start(stage.order(), CARD)["payment_id"]
    stage.control("/clock", {"seconds": 5 * 24 * 3600 + 60})

    assert stage.control(f"/payments/{payment_id}/authorize")["status"] == "authorized"


@pytest.mark.parametrize(
    ("step", "status", "deducted"),
    [
        ("action_required", "open", 0),
        ("under_review", "under_review", 0),
        ("won", "won", 0),
        ("lost", "lost", 129900),
        ("closed", "closed", 0),
    ],
)
def test_dispute_moves_and_is_announced(
    heard_stage: Stage, shop: Shop, step: str, status: str, deducted: int
) -> None:
    dispute = heard_stage.control(f"/payments/{heard_stage.captured()['id']}/dispute", {})
    moved = heard_stage.control(f"/disputes/{dispute['id']}", {"step": step})

    assert (dispute["status"], dispute["phase"], dispute["amount"]) == ("open", "chargeback", 129900)
    assert (moved["status"], moved["amount_deducted"]) == (status, deducted)
    created = shop.find("payment.dispute.created").event
    told = shop.find(f"payment.dispute.{step}").event
    assert created["payload"]["dispute"]["entity"] == dispute
    assert told["payload"]["dispute"]["entity"] == moved
    assert told["contains"] == ["payment", "dispute"]


def test_dispute_may_be_over_a_part(stage: Stage) -> None:
    path = f"/payments/{stage.captured()['id']}/dispute"

    dispute = stage.control(path, {"amount": 500, "phase": "fraud"})
    assert (dispute["amount"], dispute["phase"]) == (500, "fraud")


def test_dispute_that_has_ended_stays(stage: Stage) -> None:
    dispute = stage.control(f"/payments/{stage.captured()['id']}/dispute", {})
    stage.control(f"/disputes/{dispute['id']}", {"step": "lost"})

    assert refuse(stage, f"/disputes/{dispute['id']}", {"step": "won"}) == (400, "The dispute has ended.")


@pytest.mark.parametrize(("outcome", "left"), [("processed", 500), ("failed", 0)])
def test_slow_refund_waits_to_be_settled(stage: Stage, outcome: str, left: int) -> None:
    stage.fault("slow_refund", seconds=3600)
    payment = stage.captured()
    refund = stage.post(f"/payments/{payment['id']}/refund", {"amount": 500})
    assert refund["status"] == "pending"

    settled = stage.control(f"/refunds/{refund['id']}/settle", {"outcome": outcome})
    assert settled["status"] == outcome
    assert stage.get(f"/payments/{payment['id']}")["amount_refunded"] == left


@pytest.mark.parametrize(("kind", "status"), [("slow_refund", "processed"), ("fail_refund", "failed")])
def test_refund_settles_when_it_is_due(heard_stage: Stage, shop: Shop, kind: str, status: str) -> None:
    heard_stage.fault(kind, seconds=60)
    path = f"/payments/{heard_stage.captured()['id']}/refund"
    refund = heard_stage.post(path, {"amount": 500})
    assert (refund["status"], heard_stage.post(path, {"amount": 500})["status"]) == ("pending", "processed")

    heard_stage.control("/clock", {"seconds": 61})
    wait_until(lambda: heard_stage.get(f"/refunds/{refund['id']}")["status"] == status)
    names = Counter(delivery.name for delivery in shop.wait_for(3 + 4) if delivery.name.startswith("refund"))
    assert names == Counter({"refund.created": 2, "refund.processed": 1}) + Counter([f"refund.{status}"])


def test_replay_sends_every_event_again(heard_stage: Stage, shop: Shop) -> None:
    heard_stage.captured()
    first = {delivery.body for delivery in shop.wait_for(3)}

    assert heard_stage.control("/events/replay", {"copies": 3, "shuffled": True, "seed": 7}) == {
        "deliveries": 9
    }
    copies = Counter(delivery.body for delivery in shop.wait_for(12))
    assert copies == dict.fromkeys(first, 4)


def test_replay_is_shuffled_the_same_way_by_the_same_seed(tmp_path: Path) -> None:
    orders = []
    for _ in range(2):
        with open_stage(tmp_path, webhook_urls=("http://127.0.0.1:9/",)) as stage:
            if not orders:
                for _ in range(5):
                    stage.captured()
            stage.control("/events/replay", {"shuffled": True, "seed": 1})
            with stage.simulator.store.read() as transaction:
                rows = transaction.find_all("SELECT event_id FROM deliveries ORDER BY id DESC LIMIT 15")
            orders.append([row["event_id"] for row in rows])

    assert orders[0] == orders[1] != sorted(orders[0])


def test_events_are_listed_with_what_became_of_them(heard_stage: Stage, shop: Shop) -> None:
    heard_stage.fault("drop_webhook")
    heard_stage.pay(heard_stage.order(), FAILING_UPI)
    (event,) = heard_stage.control("/events", method="GET")["events"]

    assert {**event, "id": ""} == {
        "id": "",
        "name": "payment.failed",
        "deliveries": 1,
        "delivered": 0,
        "given_up": 1,
    }


@pytest.mark.parametrize(
    ("path", "body", "sentence"),
    [
        (
            "/payments",
            {"story": "x"},
            "The story must be one of open, authorized, captured, failed, failed_then_captured, twice.",
        ),
        ("/payments", {"order_id": "order_x"}, "order_x is not a valid id"),
        ("/clock", {"seconds": -1}, "The seconds must be a number of at least 0."),
        ("/events/replay", {"copies": 0}, "The copies must be between 1 and 100."),
        ("/nothing", {}, "The requested URL was not found on the server."),
        ("/refunds/rfnd_x/settle", {}, "The outcome must be one of processed, failed."),
        (
            "/disputes/disp_x",
            {},
            "The step must be one of action_required, under_review, won, lost, closed.",
        ),
    ],
)
def test_order_that_cannot_be_followed_is_refused(
    stage: Stage, path: str, body: dict[str, Any], sentence: str
) -> None:
    assert refuse(stage, path, body) == (400, sentence)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"amount": 0}, "The amount must be in whole paise."),
        (
            {"phase": "x"},
            "The phase must be one of fraud, retrieval, chargeback, pre_arbitration, arbitration.",
        ),
    ],
)
def test_dispute_that_cannot_be_is_refused(stage: Stage, fields: dict[str, Any], sentence: str) -> None:
    payment = stage.captured()
    assert refuse(stage, f"/payments/{payment['id']}/dispute", fields) == (400, sentence)


def test_currency_that_razorpay_does_not_know_is_refused(stage: Stage) -> None:
    body = {"order_id": stage.order()["id"], "currency": "ZZZ"}
    assert refuse(stage, "/payments", body) == (400, "Currency is not supported")


def test_faults_cannot_be_ordered_where_payments_are_made(stage: Stage) -> None:
    assert stage.refuse("POST", "/faults", {"kind": "drop_webhook"})[0] == 400
    answer = requests.get(f"{stage.control_url}/v1/orders", auth=(KEY_ID, KEY_SECRET), timeout=5)
    assert answer.status_code == 400


def test_own_fault_is_answered_500(stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(stage.simulator.control.faults, "clear", lambda: 1 / 0)

    assert refuse(stage, "/faults", None, "DELETE")[0] == 500
    assert "ZeroDivisionError" in capsys.readouterr().err
