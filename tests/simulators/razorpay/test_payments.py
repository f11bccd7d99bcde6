import pytest

from simulators.razorpay.failures import TIMED_OUT
from simulators.razorpay.payments import authorize_payment, count_fees, fail_payment, find_payment
from tests.simulators.razorpay.stage import BANK, CARD, CUSTOMER, FAILING_UPI, UPI, Stage

NO_ERROR = {
    "error_code": None,
    "error_description": None,
    "error_source": None,
    "error_step": None,
    "error_reason": None,
}


def describe(order: dict, payment: dict, **fields: object) -> dict:
    """A payment of ₹1,299 before anything happened to it, in the documented order of fields."""
    return {
        "id": payment["id"],
        "entity": "payment",
        "amount": 129900,
        "currency": "INR",
        "status": "created",
        "order_id": order["id"],
        "invoice_id": None,
        "international": False,
        "method": "upi",
        "amount_refunded": 0,
        "refund_status": None,
        "captured": False,
        "description": "Order SO-1042",
        "card_id": None,
        "bank": None,
        "wallet": None,
        "vpa": None,
        "email": "asha@example.com",
        "contact": "+919000090000",
        "notes": {"store_order": "SO-1042"},
        "fee": None,
        "tax": None,
        **NO_ERROR,
        "acquirer_data": payment["acquirer_data"],
        "created_at": payment["created_at"],
    } | fields


def test_captured_upi_payment_has_the_documented_shape(stage: Stage) -> None:
    order = stage.order(notes={"store_order": "SO-1042"})
    payment = stage.pay(order, UPI)

    expected = describe(
        order,
        payment,
        status="captured",
        captured=True,
        vpa="success@razorpay",
        fee=3066,
        tax=468,
        upi={"vpa": "success@razorpay", "flow": "collect"},
    )
    assert list(payment.items()) == list(expected.items())
    assert len(payment["acquirer_data"]["rrn"]) == 12
    assert len(payment["acquirer_data"]["upi_transaction_id"]) == 32


def test_failed_upi_payment_has_the_documented_shape(stage: Stage) -> None:
    order = stage.order(notes={"store_order": "SO-1042"})
    payment = stage.pay(order, FAILING_UPI)

    assert payment == describe(
        order,
        payment,
        status="failed",
        vpa="failure@razorpay",
        error_code="BAD_REQUEST_ERROR",
        error_description="Payment was unsuccessful due to a temporary issue. If amount got deducted,"
        " it will be refunded within 5-7 working days.",
        error_source="gateway",
        error_step="payment_response",
        error_reason="payment_failed",
        acquirer_data={"rrn": None},
        upi={"vpa": "failure@razorpay"},
    )


def test_card_payment_shows_its_card_only_when_expanded(stage: Stage) -> None:
    payment = stage.pay(stage.order(), CARD)
    expanded = stage.get(f"/payments/{payment['id']}", **{"expand[]": "card"})

    card = {
        "id": payment["card_id"],
        "entity": "card",
        "name": "Asha",
        "last4": "1111",
        "network": "Visa",
        "type": "debit",
        "issuer": None,
        "international": False,
        "emi": False,
        "sub_type": "consumer",
        "token_iin": None,
    }
    assert "card" not in payment
    assert list(expanded["card"].items()) == list(card.items())
    assert expanded == {**payment, "card": card}
    assert stage.get(f"/payments/{payment['id']}/card") == card


def test_card_of_an_upi_payment_does_not_exist(stage: Stage) -> None:
    status, error = stage.refuse("GET", f"/payments/{stage.captured()['id']}/card")

    assert (status, error["description"]) == (400, "The id provided does not exist")


def test_card_payment_waits_at_the_one_time_password(stage: Stage) -> None:
    progress = stage.start(stage.order(), CARD)
    payment = stage.get(f"/payments/{progress['payment_id']}")

    assert progress["next"] == "otp"
    assert (payment["status"], payment["acquirer_data"]) == ("created", {"auth_code": None})


def test_authorized_bank_payment_has_no_fees_yet(stage: Stage) -> None:
    payment = stage.pay(stage.order(payment={"capture": "manual"}), BANK)

    assert (payment["status"], payment["captured"], payment["fee"], payment["tax"], payment["bank"]) == (
        "authorized",
        False,
        None,
        None,
        "HDFC",
    )
    assert len(payment["acquirer_data"]["bank_transaction_id"]) == 7


def test_international_card_makes_an_international_payment(stage: Stage) -> None:
    payment = stage.pay(stage.order(), {**CARD, "number": "5555 5555 5555 4444"})

    assert payment["international"] is True


def test_capture_settles_payment_and_order(stage: Stage) -> None:
    payment = stage.authorized()
    captured = stage.post(f"/payments/{payment['id']}/capture", {"amount": 129900, "currency": "INR"})

    assert captured == {**payment, "status": "captured", "captured": True, "fee": 3066, "tax": 468}
    assert stage.get(f"/orders/{payment['order_id']}")["status"] == "paid"


@pytest.mark.parametrize(
    ("body", "description"),
    [
        ({"amount": 129800, "currency": "INR"}, "Capture amount must be equal to the amount authorized"),
        ({"amount": 129900, "currency": "USD"}, "Capture amount must be equal to the amount authorized"),
        ({"currency": "INR"}, "The amount field is required."),
        ({"amount": {"amount": 129900}}, "The amount must be an integer."),
    ],
)
def test_capture_refuses_another_amount(stage: Stage, body: dict, description: str) -> None:
    payment = stage.authorized()
    status, error = stage.refuse("POST", f"/payments/{payment['id']}/capture", body)

    assert (status, error["description"]) == (400, description)
    assert stage.get(f"/payments/{payment['id']}") == payment


def test_capture_again_is_refused(stage: Stage) -> None:
    payment = stage.captured()
    status, error = stage.refuse("POST", f"/payments/{payment['id']}/capture", {"amount": 129900})

    assert (status, error["description"]) == (400, "This payment has already been captured")


def test_capture_of_a_failed_payment_is_refused(stage: Stage) -> None:
    payment = stage.pay(stage.order(), FAILING_UPI)
    status, error = stage.refuse("POST", f"/payments/{payment['id']}/capture", {"amount": 129900})

    assert status == 400
    assert error["description"] == (
        "Only payments which have been authorized and not yet captured can be captured"
    )


def test_capture_beside_another_success_is_refused(stage: Stage) -> None:
    order = stage.order()
    late = stage.pay(order, FAILING_UPI)
    stage.pay(order)
    with stage.simulator.store.write() as transaction:
        orphan = authorize_payment(transaction, late["id"])

    status, error = stage.refuse("POST", f"/payments/{late['id']}/capture", {"amount": 129900})

    assert orphan["status"] == "authorized"
    assert (status, error["description"]) == (
        400,
        "Your payment has been declined as the order is already paid."
        " Please initiate the payment with a new order.",
    )


def test_failed_payment_may_still_be_captured(stage: Stage) -> None:
    order = stage.order()
    failed = stage.pay(order, FAILING_UPI)
    with stage.simulator.store.write() as transaction:
        authorize_payment(transaction, failed["id"])

    payment = stage.get(f"/payments/{failed['id']}")
    assert (payment["status"], {name: payment[name] for name in NO_ERROR}) == ("captured", NO_ERROR)
    assert stage.get(f"/orders/{order['id']}")["status"] == "paid"


def test_payment_authorized_after_the_automatic_expiry_waits(stage: Stage) -> None:
    options = {"capture": "automatic", "capture_options": {"automatic_expiry_period": 12}}
    failed = stage.pay(stage.order(payment=options), FAILING_UPI)
    stage.simulator.clock.advance(12 * 60 + 1)
    with stage.simulator.store.write() as transaction:
        assert authorize_payment(transaction, failed["id"])["status"] == "authorized"


def test_settled_payment_neither_fails_nor_is_authorized_again(stage: Stage) -> None:
    captured = stage.captured()
    with stage.simulator.store.write() as transaction:
        before = find_payment(transaction, captured["id"])
        assert fail_payment(transaction, captured["id"], TIMED_OUT) == before
        assert authorize_payment(transaction, captured["id"]) == before


@pytest.mark.parametrize("capture", ["manual", "automatic"])
def test_second_payment_of_one_order_is_refused(stage: Stage, capture: str) -> None:
    options = {"capture": capture, "capture_options": {"automatic_expiry_period": 12}}
    order = stage.order(payment=options)
    stage.pay(order)
    body = {"key_id": "rzp_test_haatsimulator", "order_id": order["id"], "instrument": UPI}

    status, error = stage.refuse("POST", "/checkout/payments", body)

    assert (status, error["description"]) == (
        400,
        "Your payment has been declined as the order is already paid."
        " Please initiate the payment with a new order.",
    )
    assert stage.get(f"/orders/{order['id']}/payments")["count"] == 1


def test_patch_payment_changes_its_notes_alone(stage: Stage) -> None:
    payment = stage.captured()

    assert stage.patch(f"/payments/{payment['id']}", {"notes": {"a": "ü"}}) == {
        **payment,
        "notes": {"a": "ü"},
    }
    assert stage.refuse("PATCH", f"/payments/{payment['id']}", {})[1]["description"] == (
        "The notes field is required."
    )


def test_list_payments_newest_first(stage: Stage) -> None:
    first, second = stage.captured(), stage.captured()

    assert stage.get("/payments") == {"entity": "collection", "count": 2, "items": [second, first]}


def test_payment_without_a_customer_has_razorpays_stand_in(stage: Stage) -> None:
    body = {"key_id": "rzp_test_haatsimulator", "order_id": stage.order()["id"], "instrument": UPI}
    payment = stage.get(f"/payments/{stage.post('/checkout/payments', body)['payment_id']}")

    assert (payment["email"], payment["contact"], payment["description"]) == ("void@razorpay.com", None, None)
    assert CUSTOMER["email"] != payment["email"]


@pytest.mark.parametrize(
    ("amount", "fees"), [(129900, (3066, 468)), (100, (2, 0)), (12345600, (291356, 44444))]
)
def test_count_fees(amount: int, fees: tuple[int, int]) -> None:
    assert count_fees(amount) == fees
