from dataclasses import replace

from simulators.razorpay.timekeeping import has_overdue, settle_overdue
from tests.simulators.razorpay.stage import CARD, Stage


def settle(stage: Stage) -> None:
    stage.simulator.timekeeper.stop()
    with stage.simulator.store.write() as transaction:
        settle_overdue(transaction)
        assert not has_overdue(transaction)


def test_unanswered_payment_fails_after_ten_minutes(stage: Stage) -> None:
    payment_id = stage.start(stage.order(), CARD)["payment_id"]
    stage.simulator.clock.advance(590)
    settle(stage)
    assert stage.get(f"/payments/{payment_id}")["status"] == "created"

    stage.simulator.clock.advance(15)
    settle(stage)
    payment = stage.get(f"/payments/{payment_id}")
    assert (payment["status"], payment["error_reason"]) == ("failed", "payment_timed_out")


def test_uncaptured_money_goes_back_after_the_orders_expiry(stage: Stage) -> None:
    options = {"capture": "manual", "capture_options": {"manual_expiry_period": 30}}
    authorized = stage.pay(stage.order(payment=options))
    stage.simulator.clock.advance(30 * 60 + 5)
    settle(stage)

    assert stage.get(f"/payments/{authorized['id']}") == {
        **authorized,
        "status": "refunded",
        "amount_refunded": 129900,
        "refund_status": "full",
    }
    assert stage.get(f"/payments/{authorized['id']}/refunds")["items"][0]["amount"] == 129900


def test_pending_refund_is_processed_when_due(stage: Stage) -> None:
    store = stage.simulator.store
    store._configuration = replace(stage.simulator.configuration, refund_seconds=60)
    refund = stage.post(f"/payments/{stage.captured()['id']}/refund")
    settle(stage)
    assert stage.get(f"/refunds/{refund['id']}")["status"] == "pending"

    stage.simulator.clock.advance(61)
    settle(stage)
    assert stage.get(f"/refunds/{refund['id']}")["status"] == "processed"
