from pathlib import Path

import pytest

from simulators.razorpay.refunds import settle_refund
from tests.simulators.razorpay.stage import FAILING_UPI, Stage, open_stage


def test_partial_refund_answers_the_documented_shape(stage: Stage) -> None:
    payment = stage.captured()
    body = {"amount": 50000, "speed": "normal", "notes": {"store_refund": "RF-77"}, "receipt": "RF-77"}
    refund = stage.post(f"/payments/{payment['id']}/refund", body)

    assert list(refund.items()) == [
        ("id", refund["id"]),
        ("entity", "refund"),
        ("amount", 50000),
        ("currency", "INR"),
        ("payment_id", payment["id"]),
        ("notes", {"store_refund": "RF-77"}),
        ("receipt", "RF-77"),
        ("acquirer_data", {"arn": refund["acquirer_data"]["arn"]}),
        ("created_at", refund["created_at"]),
        ("batch_id", None),
        ("status", "processed"),
        ("speed_processed", "normal"),
        ("speed_requested", "normal"),
    ]
    assert len(refund["acquirer_data"]["arn"]) == 14
    assert stage.get(f"/payments/{payment['id']}") == {
        **payment,
        "amount_refunded": 50000,
        "refund_status": "partial",
    }


def test_refund_without_an_amount_gives_back_all_that_is_left(stage: Stage) -> None:
    payment = stage.captured()
    stage.post(f"/payments/{payment['id']}/refund", {"amount": 50000})
    refund = stage.post(f"/payments/{payment['id']}/refund")

    assert (refund["amount"], refund["notes"], refund["receipt"]) == (79900, [], None)
    assert stage.get(f"/payments/{payment['id']}") == {
        **payment,
        "status": "refunded",
        "amount_refunded": 129900,
        "refund_status": "full",
    }


def test_optimum_refund_is_instant(stage: Stage) -> None:
    refund = stage.post(f"/payments/{stage.captured()['id']}/refund", {"speed": "optimum"})

    assert (refund["speed_requested"], refund["speed_processed"]) == ("optimum", "instant")


def test_refund_is_found_everywhere(stage: Stage) -> None:
    payment = stage.captured()
    refund = stage.post(f"/payments/{payment['id']}/refund", {"amount": 100})
    collection = {"entity": "collection", "count": 1, "items": [refund]}

    assert stage.get(f"/refunds/{refund['id']}") == refund
    assert stage.get(f"/payments/{payment['id']}/refunds/{refund['id']}") == refund
    assert stage.get(f"/payments/{payment['id']}/refunds") == collection
    assert stage.get("/refunds") == collection


def test_refund_of_another_payment_is_unknown(stage: Stage) -> None:
    refund = stage.post(f"/payments/{stage.captured()['id']}/refund")
    status, error = stage.refuse("GET", f"/payments/{stage.captured()['id']}/refunds/{refund['id']}")

    assert (status, error["description"]) == (400, "The id provided does not exist")


def test_patch_refund_changes_its_notes_alone(stage: Stage) -> None:
    refund = stage.post(f"/payments/{stage.captured()['id']}/refund")

    assert stage.patch(f"/refunds/{refund['id']}", {"notes": {"a": "b"}}) == {**refund, "notes": {"a": "b"}}


@pytest.mark.parametrize(
    ("body", "description"),
    [
        ({"amount": 99}, "The amount must be at least INR 1.00"),
        ({"amount": "100"}, "The amount must be an integer."),
        ({"amount": 129901}, "The refund amount provided is greater than amount captured"),
        ({"amount": 100, "reason": "late"}, "reason is/are not required and should not be sent"),
        ({"a": 1, "b": 2}, "a, b is/are not required and should not be sent"),
        ({"speed": "fast"}, "The speed must be normal or optimum."),
        (100, "The request body must be a JSON object."),
    ],
)
def test_refund_refuses(stage: Stage, body: object, description: str) -> None:
    payment = stage.captured()
    status, error = stage.refuse("POST", f"/payments/{payment['id']}/refund", body)

    assert (status, error["description"]) == (400, description)
    assert stage.get(f"/payments/{payment['id']}") == payment


def test_refunds_never_exceed_what_was_captured(stage: Stage) -> None:
    payment = stage.captured()
    stage.post(f"/payments/{payment['id']}/refund", {"amount": 129800})
    status, error = stage.refuse("POST", f"/payments/{payment['id']}/refund", {"amount": 101})

    assert (status, error["description"]) == (
        400,
        "The refund amount provided is greater than amount captured",
    )


def test_refund_after_a_full_one_is_refused(stage: Stage) -> None:
    payment = stage.captured()
    stage.post(f"/payments/{payment['id']}/refund")
    status, error = stage.refuse("POST", f"/payments/{payment['id']}/refund", {"amount": 100})

    assert (status, error["description"]) == (400, "The payment has been fully refunded already")


def test_refund_of_uncaptured_money_is_refused(stage: Stage) -> None:
    for payment in (stage.authorized(), stage.pay(stage.order(), FAILING_UPI)):
        status, error = stage.refuse("POST", f"/payments/{payment['id']}/refund")
        assert (status, error["description"]) == (
            400,
            "The payment status should be captured for action to be taken",
        )


def test_refund_after_six_months_is_refused(stage: Stage) -> None:
    payment = stage.captured()
    stage.simulator.clock.advance(184 * 24 * 3600)

    assert stage.refuse("POST", f"/payments/{payment['id']}/refund") == (
        400,
        {
            "code": "BAD_REQUEST_ERROR",
            "description": "Refund is not supported by the bank because the payment is more than"
            " 6 months old",
            "source": None,
            "step": None,
            "reason": None,
            "metadata": {},
        },
    )


def test_pending_refund_is_processed_in_time(tmp_path: Path) -> None:
    with open_stage(tmp_path, refund_seconds=3600) as stage:
        refund = stage.post(f"/payments/{stage.captured()['id']}/refund")
        with stage.simulator.store.write() as transaction:
            settle_refund(transaction, refund["id"], succeeds=True)
        settled = stage.get(f"/refunds/{refund['id']}")

    assert (refund["status"], refund["speed_processed"], refund["acquirer_data"]) == (
        "pending",
        None,
        {"arn": None},
    )
    assert settled == {
        **refund,
        "status": "processed",
        "speed_processed": "normal",
        "acquirer_data": settled["acquirer_data"],
    }


def test_failed_refund_gives_the_amount_back_to_the_payment(tmp_path: Path) -> None:
    with open_stage(tmp_path, refund_seconds=3600) as stage:
        payment = stage.captured()
        refund = stage.post(f"/payments/{payment['id']}/refund")
        assert stage.get(f"/payments/{payment['id']}")["status"] == "refunded"
        with stage.simulator.store.write() as transaction:
            settle_refund(transaction, refund["id"], succeeds=False)

        assert stage.get(f"/payments/{payment['id']}") == payment
        assert stage.get(f"/refunds/{refund['id']}") == {
            **refund,
            "status": "failed",
            "speed_processed": "normal",
        }
