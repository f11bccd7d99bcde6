import pytest

from tests.simulators.razorpay.stage import FAILING_UPI, Stage

VALIDATION = {
    "code": "BAD_REQUEST_ERROR",
    "source": "business",
    "step": "payment_initiation",
    "reason": "input_validation_failed",
    "metadata": {},
}


def test_create_order_answers_the_documented_shape(stage: Stage) -> None:
    order = stage.order(receipt="SO-1042-1", notes={"store_order": "SO-1042", "attempt": "1"})

    assert list(order.items()) == [
        ("id", order["id"]),
        ("entity", "order"),
        ("amount", 129900),
        ("amount_paid", 0),
        ("amount_due", 129900),
        ("currency", "INR"),
        ("receipt", "SO-1042-1"),
        ("offer_id", None),
        ("status", "created"),
        ("attempts", 0),
        ("notes", {"store_order": "SO-1042", "attempt": "1"}),
        ("created_at", order["created_at"]),
    ]
    assert len(order["id"]) == len("order_") + 14


def test_create_order_without_notes_answers_an_empty_list(stage: Stage) -> None:
    assert stage.order()["notes"] == []


def test_fetch_order_answers_what_was_created(stage: Stage) -> None:
    order = stage.order()

    assert stage.get(f"/orders/{order['id']}") == order


def test_order_after_a_failed_attempt_is_attempted(stage: Stage) -> None:
    order = stage.order()
    stage.pay(order, FAILING_UPI)

    assert stage.get(f"/orders/{order['id']}") == {**order, "status": "attempted", "attempts": 1}


def test_order_after_a_failed_and_a_captured_attempt_is_paid(stage: Stage) -> None:
    order = stage.order()
    stage.pay(order, FAILING_UPI)
    stage.pay(order)

    paid = {"status": "paid", "attempts": 2, "amount_paid": 129900, "amount_due": 0}
    assert stage.get(f"/orders/{order['id']}") == {**order, **paid}


def test_order_stays_paid_after_a_full_refund(stage: Stage) -> None:
    order = stage.order()
    stage.post(f"/payments/{stage.pay(order)['id']}/refund")

    after = stage.get(f"/orders/{order['id']}")
    assert (after["status"], after["amount_paid"], after["amount_due"]) == ("paid", 129900, 0)


def test_order_with_an_authorized_payment_is_not_paid(stage: Stage) -> None:
    payment = stage.authorized()

    order = stage.get(f"/orders/{payment['order_id']}")
    assert (order["status"], order["attempts"], order["amount_paid"]) == ("attempted", 1, 0)


def test_list_order_payments_answers_every_attempt_oldest_first(stage: Stage) -> None:
    order = stage.order()
    failed, captured = stage.pay(order, FAILING_UPI), stage.pay(order)

    assert stage.get(f"/orders/{order['id']}/payments") == {
        "entity": "collection",
        "count": 2,
        "items": [failed, captured],
    }


def test_patch_order_changes_its_notes_alone(stage: Stage) -> None:
    order = stage.order(notes={"a": "1"})

    assert stage.patch(f"/orders/{order['id']}", {"notes": {"b": "2"}}) == {**order, "notes": {"b": "2"}}
    assert stage.refuse("PATCH", f"/orders/{order['id']}", {"amount": 5})[1]["description"] == (
        "amount is/are not required and should not be sent"
    )


def test_list_orders_by_receipt(stage: Stage) -> None:
    wanted = [stage.order(receipt="SO-1"), stage.order(receipt="SO-1")]
    stage.order(receipt="SO-2")

    answer = stage.get("/orders", receipt="SO-1")
    assert answer == {"entity": "collection", "count": 2, "items": wanted[::-1]}


def test_list_orders_by_authorized(stage: Stage) -> None:
    waiting, paid_for = stage.order(), stage.order()
    stage.pay(paid_for)

    assert [order["id"] for order in stage.get("/orders", authorized=1)["items"]] == [paid_for["id"]]
    assert [order["id"] for order in stage.get("/orders", authorized=0)["items"]] == [waiting["id"]]


def test_list_orders_expanded_with_payments(stage: Stage) -> None:
    order = stage.order()
    payment = stage.pay(order)

    item = stage.get("/orders", **{"expand[]": "payments"})["items"][0]
    assert item["payments"] == {"entity": "collection", "count": 1, "items": [payment]}


@pytest.mark.parametrize(
    ("body", "description", "field"),
    [
        ({"currency": "INR"}, "The amount field is required.", "amount"),
        ({"amount": "129900", "currency": "INR"}, "The amount must be an integer.", "amount"),
        ({"amount": 1299.5, "currency": "INR"}, "The amount must be an integer.", "amount"),
        ({"amount": True, "currency": "INR"}, "The amount must be an integer.", "amount"),
        ({"amount": 99, "currency": "INR"}, "The amount must be at least INR 1.00", "amount"),
        ({"amount": 500_000_001, "currency": "INR"}, "Amount exceeds maximum amount allowed", "amount"),
        ({"amount": 100}, "The currency field is required.", "currency"),
        ({"amount": 100, "currency": "ZZZ"}, "Currency is not supported", "currency"),
        (
            {"amount": 100, "currency": "INR", "receipt": "x" * 41},
            "receipt: the length must be no more than 40.",
            None,
        ),
        (
            {"amount": 100, "currency": "INR", "notes": {str(n): "" for n in range(16)}},
            "Number of fields in notes should be less than or equal to 15.",
            "notes",
        ),
        (
            {"amount": 100, "currency": "INR", "notes": {"a": "x" * 257}},
            "The notes may not be longer than 256 characters each.",
            "notes",
        ),
        (
            {"amount": 100, "currency": "INR", "payment": {"capture": "automatic"}},
            "The automatic_expiry_period field is required.",
            "automatic_expiry_period",
        ),
        (
            {
                "amount": 100,
                "currency": "INR",
                "payment": {"capture": "automatic", "capture_options": {"automatic_expiry_period": 11}},
            },
            "The automatic_expiry_period must be between 12 and 7200.",
            "automatic_expiry_period",
        ),
        (
            {"amount": 100, "currency": "INR", "payment": {"capture": "later"}},
            "The payment.capture must be automatic or manual.",
            "payment.capture",
        ),
    ],
)
def test_create_order_refuses(stage: Stage, body: dict, description: str, field: str | None) -> None:
    expected = {**VALIDATION, "description": description} | ({"field": field} if field else {})

    assert stage.refuse("POST", "/orders", body) == (400, expected)


def test_create_order_accepts_the_limits(stage: Stage) -> None:
    notes = {str(n): "x" * 256 for n in range(15)}

    order = stage.order(100, receipt="x" * 40, notes=notes)

    assert (order["amount"], order["receipt"], order["notes"]) == (100, "x" * 40, notes)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "captured"),
        ({"payment": {"capture": "manual"}}, "authorized"),
        (
            {"payment": {"capture": "automatic", "capture_options": {"automatic_expiry_period": 12}}},
            "captured",
        ),
        ({"payment_capture": 0}, "authorized"),
        ({"payment_capture": 1}, "captured"),
        ({"payment_capture": True}, "captured"),
        ({"unknown": "field"}, "captured"),
    ],
)
def test_order_says_how_its_payment_is_captured(stage: Stage, fields: dict, status: str) -> None:
    assert stage.pay(stage.order(**fields))["status"] == status
