"""A customer pays: an instrument is chosen, the bank asks its question, and the page learns the outcome."""

import re
from collections.abc import Mapping
from typing import Any

from simulators.razorpay import failures
from simulators.razorpay.errors import ApiError, reject
from simulators.razorpay.failures import show_failure
from simulators.razorpay.instruments import choose_instrument
from simulators.razorpay.orders import find_order
from simulators.razorpay.payments import authorize_payment, fail_payment, find_payment, start_payment
from simulators.razorpay.signatures import sign_payment
from simulators.razorpay.store import Row, Transaction

Progress = dict[str, Any]


def require_public_key(transaction: Transaction, key_id: str | None) -> None:
    """A page knows the key's id only; raises ApiError for another one."""
    if key_id != transaction.configuration.key_id:
        description = "The api key provided is invalid"
        raise ApiError(401, {"code": "BAD_REQUEST_ERROR", "description": description})


def find_checkout_order(transaction: Transaction, order_id: str | None) -> Row:
    if not order_id:
        raise reject("The order_id field is required.", "order_id")
    return find_order(transaction, order_id)


def pay(
    transaction: Transaction, order_id: str, form: Mapping[str, str], customer: Mapping[str, str]
) -> Progress:
    """Starts a payment. Raises FieldError for a mistyped field, ApiError for an order already paid."""
    instrument = choose_instrument(form, transaction.now)
    payment = start_payment(transaction, order_id, instrument, customer)
    if instrument.failure:
        payment = fail_payment(transaction, payment["id"], instrument.failure)
    elif instrument.step == "none":
        payment = authorize_payment(transaction, payment["id"])
    return show_progress(transaction, payment)


def answer_bank(transaction: Transaction, payment_id: str, form: Mapping[str, str]) -> Progress:
    """The customer's one-time password, a button of the bank's page, or `cancelled`."""
    payment = find_payment(transaction, payment_id)
    if payment["status"] == "created":
        failure = _judge_answer(payment, form)
        payment = (
            fail_payment(transaction, payment_id, failure)
            if failure
            else authorize_payment(transaction, payment_id)
        )
    return show_progress(transaction, payment)


def show_progress(transaction: Transaction, payment: Row) -> Progress:
    """Where a payment stands: at the bank's question, failed for a reason, or done and signed."""
    progress: Progress = {"payment_id": payment["id"]}
    if payment["status"] == "created":
        return progress | {"next": "otp" if payment["method"] == "card" else "bank"}
    if payment["status"] == "failed":
        return progress | {"next": "failed", "error": show_failure(payment)}
    return progress | {"next": "done", "response": sign_response(transaction, payment)}


def sign_response(transaction: Transaction, payment: Row) -> dict[str, str]:
    """The three fields that the page's handler, or the callback URL, receives."""
    signature = sign_payment(transaction.configuration.key_secret, payment["order_id"], payment["id"])
    return {
        "razorpay_payment_id": payment["id"],
        "razorpay_order_id": payment["order_id"],
        "razorpay_signature": signature,
    }


def _judge_answer(payment: Row, form: Mapping[str, str]) -> failures.Failure | None:
    if form.get("outcome") == "cancelled":
        return failures.CANCELLED
    if payment["method"] == "card":
        is_right = re.fullmatch(r"[0-9]{4,10}", form.get("otp", "").strip())
        return None if is_right else failures.WRONG_OTP
    return None if form.get("outcome") == "success" else failures.BANK_REFUSED
