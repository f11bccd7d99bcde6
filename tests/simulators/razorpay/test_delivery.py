import socket
import time
from pathlib import Path

import pytest

from simulators.razorpay.delivery import LADDER, Outcome, plan_next, send_parcel
from tests.simulators.razorpay.stage import FAILING_UPI, Shop, Stage, open_stage, wait_until

SLOW_WAITS = [7, 12, 21, 42, 82, 162, 324, 643, 1284, 2563, 5127, 10241, 20481, 40964]


def climb(name: str, outcome: Outcome) -> list[float]:
    """The seconds waited before each repetition, until the simulator gives up."""
    parcel = {"name": name, "rung": 0, "ladder_seconds": 0.0}
    waits = []
    while True:
        plan = plan_next(parcel, outcome, 1000, 1)
        if plan == {"status": "given_up"}:
            return waits
        waits.append(round(plan["due_at"] - 1000, 3))
        parcel |= plan


@pytest.mark.parametrize("name", ["payment.authorized", "payment.captured", "order.paid"])
@pytest.mark.parametrize("status", [500, 503, 302, None])
def test_quick_event_is_tried_sixteen_times_when_the_shop_fails(name: str, status: int | None) -> None:
    assert climb(name, Outcome(status, "")) == [0.2, 6.8, *SLOW_WAITS[1:]]


@pytest.mark.parametrize(
    ("name", "status"), [("payment.captured", 400), ("payment.failed", 500), ("refund.created", 500)]
)
def test_other_failures_wait_seconds_at_first(name: str, status: int) -> None:
    assert climb(name, Outcome(status, "")) == SLOW_WAITS


def test_ladder_ends_within_a_day() -> None:
    assert LADDER[-1] == 81953 < 24 * 3600


def test_retry_factor_divides_the_wait() -> None:
    parcel = {"name": "payment.failed", "rung": 0, "ladder_seconds": 0}

    assert plan_next(parcel, Outcome(500, ""), 1000, 10)["due_at"] == 1000.7


def test_refused_event_is_repeated_byte_for_byte_until_accepted(heard_stage: Stage, shop: Shop) -> None:
    shop.statuses = [500, 400, 404, 302, 204]
    heard_stage.pay(heard_stage.order(), FAILING_UPI)
    deliveries = shop.wait_for(5)
    wait_until(lambda: list_statuses(heard_stage) == ["delivered"])

    assert len(deliveries) == 5
    assert len({delivery.body for delivery in deliveries}) == 1
    assert len({tuple(delivery.headers.items()) for delivery in deliveries}) == 1


def test_event_is_given_up_after_its_last_delivery(tmp_path: Path, shop: Shop) -> None:
    shop.statuses = [500] * 100
    with open_stage(tmp_path, webhook_urls=(shop.url,), retry_factor=1_000_000) as stage:
        stage.pay(stage.order(), FAILING_UPI)
        wait_until(lambda: list_statuses(stage) == ["given_up"])

    assert len(shop.deliveries) == 15


def test_accepted_event_is_sent_once(heard_stage: Stage, shop: Shop) -> None:
    for _ in range(5):
        heard_stage.captured()
    wait_until(lambda: list_statuses(heard_stage) == ["delivered"] * 15)
    time.sleep(0.05)

    assert len(shop.deliveries) == 15


def test_undelivered_events_survive_a_new_start(tmp_path: Path, shop: Shop) -> None:
    address = free_address()
    with open_stage(tmp_path, webhook_urls=(address,), retry_factor=1) as stage:
        payment = stage.pay(stage.order(), FAILING_UPI)
        wait_until(lambda: count_attempts(stage) == [1])
        # The shop comes back under another address.
        with stage.simulator.store.write() as transaction:
            delivery = transaction.find("SELECT id FROM deliveries")
            transaction.update("deliveries", delivery["id"], url=shop.url, due_at=0)
            stage.simulator.dispatcher.stop()

    with open_stage(tmp_path) as stage:
        delivery = shop.wait_for(1)[0]
        wait_until(lambda: list_statuses(stage) == ["delivered"])
        assert stage.get(f"/payments/{payment['id']}") == payment

    assert delivery.event["payload"]["payment"]["entity"] == payment


def test_shop_that_does_not_answer_in_time_has_not_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulators.razorpay.delivery.ANSWER_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        outcome = send_parcel({"url": url, "body": b"{}", "event_id": "a", "signature": "b"})

    assert outcome == Outcome(None, "no answer (timed out)")


def test_address_that_is_none_is_no_answer() -> None:
    outcome = send_parcel({"url": "http://:x/", "body": b"{}", "event_id": "a", "signature": "b"})

    assert outcome.status is None


def free_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}/"


def list_statuses(stage: Stage) -> list[str]:
    with stage.simulator.store.read() as transaction:
        return [row["status"] for row in transaction.find_all("SELECT status FROM deliveries")]


def count_attempts(stage: Stage) -> list[int]:
    with stage.simulator.store.read() as transaction:
        return [row["attempts"] for row in transaction.find_all("SELECT attempts FROM deliveries")]
