"""A payment's states: created → authorized → captured, or failed, which a late bank may still turn round."""

import json
from collections.abc import Mapping
from typing import Any

from simulators.razorpay import errors, webhooks
from simulators.razorpay.errors import reject
from simulators.razorpay.failures import Failure
from simulators.razorpay.identifiers import create_identifier, require_identifier
from simulators.razorpay.instruments import EMPTY_ACQUIRER_DATA, Instrument, describe_acquirer_data
from simulators.razorpay.orders import credit_order, find_order, record_attempt
from simulators.razorpay.store import Row, Transaction

FEE_PERCENT = 2
TAX_PERCENT = 18

NO_ERROR = dict.fromkeys(("error_code", "error_description", "error_source", "error_step", "error_reason"))


def find_payment(transaction: Transaction, payment_id: str) -> Row:
    require_identifier("pay", payment_id)
    payment = transaction.find("SELECT * FROM payments WHERE id = ?", payment_id)
    if payment is None:
        raise reject(errors.UNKNOWN_ID)
    return payment


def start_payment(
    transaction: Transaction, order_id: str, instrument: Instrument, customer: Mapping[str, str]
) -> Row:
    """A new attempt at an order. `customer` may hold email, contact and description."""
    order = find_order(transaction, order_id)
    refuse_second_success(transaction, order)
    record_attempt(transaction, order)
    identifier = create_identifier("pay")
    transaction.insert(
        "payments",
        id=identifier,
        order_id=order["id"],
        amount=order["amount"] - order["amount_paid"],
        currency=order["currency"],
        status="created",
        method=instrument.method,
        description=customer.get("description") or None,
        email=customer.get("email") or "void@razorpay.com",
        contact=customer.get("contact") or None,
        notes=order["notes"],
        acquirer_data=json.dumps(EMPTY_ACQUIRER_DATA[instrument.method]),
        created_at=transaction.now,
        **instrument.columns,
    )
    return find_payment(transaction, identifier)


def refuse_second_success(transaction: Transaction, order: Row) -> None:
    """One order takes one success: raises ApiError when it is paid, or money is already on its way to it."""
    waiting = transaction.find(
        "SELECT 1 FROM payments WHERE order_id = ? AND status = 'authorized'", order["id"]
    )
    if order["status"] == "paid" or waiting:
        raise reject(errors.ORDER_ALREADY_PAID)


def authorize_payment(transaction: Transaction, payment_id: str) -> Row:
    """The bank says yes; it may say so after the payment was given up as failed."""
    payment = find_payment(transaction, payment_id)
    if payment["status"] not in ("created", "failed"):
        return payment
    authorized = mark_authorized(transaction, payment)
    if _is_captured_automatically(transaction, authorized):
        return settle_payment(transaction, authorized)
    return authorized


def mark_authorized(transaction: Transaction, payment: Row) -> Row:
    """The money is reserved, and nobody has taken it yet."""
    transaction.update(
        "payments",
        payment["id"],
        status="authorized",
        authorized_at=transaction.now,
        acquirer_data=json.dumps(describe_acquirer_data(payment)),
        **NO_ERROR,
    )
    authorized = find_payment(transaction, payment["id"])
    webhooks.announce_payment(transaction, "payment.authorized", authorized)
    return authorized


def settle_payment(transaction: Transaction, payment: Row) -> Row:
    """Captures an authorized payment: fees are taken, and its order is credited."""
    fee, tax = count_fees(payment["amount"])
    transaction.update("payments", payment["id"], status="captured", captured=1, fee=fee, tax=tax)
    captured = find_payment(transaction, payment["id"])
    webhooks.announce_payment(transaction, "payment.captured", captured)
    credit_order(transaction, captured)
    return captured


def fail_payment(transaction: Transaction, payment_id: str, failure: Failure) -> Row:
    payment = find_payment(transaction, payment_id)
    if payment["status"] != "created":
        return payment
    transaction.update(
        "payments",
        payment_id,
        status="failed",
        error_code=failure.code,
        error_description=failure.description,
        error_source=failure.source,
        error_step=failure.step,
        error_reason=failure.reason,
    )
    failed = find_payment(transaction, payment_id)
    webhooks.announce_payment(transaction, "payment.failed", failed)
    return failed


def count_fees(amount: int) -> tuple[int, int]:
    """Fee (tax included) and tax in paise: 2 % of the amount, and 18 % GST on that."""
    base = (amount * FEE_PERCENT + 50) // 100
    tax = (base * TAX_PERCENT + 50) // 100
    return base + tax, tax


def _is_captured_automatically(transaction: Transaction, payment: Row) -> bool:
    """Later than the order's automatic expiry, or beside another success, a payment waits for a decision."""
    order: dict[str, Any] = find_order(transaction, payment["order_id"])
    in_time = transaction.now <= payment["created_at"] + order["automatic_expiry_minutes"] * 60
    return order["capture"] == "automatic" and order["status"] != "paid" and in_time
