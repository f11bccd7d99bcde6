"""Refunds: pending → processed or failed. The payment's counters move when the refund is made."""

import json

from simulators.razorpay import errors, webhooks
from simulators.razorpay.errors import refuse_old_refund, reject
from simulators.razorpay.exchange import Request
from simulators.razorpay.faults import REFUND_KINDS
from simulators.razorpay.idempotency import find_earlier_refund, keep_key, read_key
from simulators.razorpay.identifiers import create_digits, create_identifier, require_identifier
from simulators.razorpay.pagination import list_page
from simulators.razorpay.payments import find_payment
from simulators.razorpay.shapes import Shape, show_collection, show_refund
from simulators.razorpay.store import Row, Transaction
from simulators.razorpay.validation import (
    Body,
    read_notes,
    read_receipt,
    refuse_others,
    require_amount,
    require_notes_only,
)

SPEEDS = ("normal", "optimum")
REFUNDABLE_SECONDS = 183 * 24 * 3600


def refund_payment(transaction: Transaction, request: Request, payment_id: str) -> Shape:
    key = read_key(request)
    refund_id = find_earlier_refund(transaction, request, key)
    if refund_id is None:
        refund_id = _make_asked_refund(transaction, request, payment_id)
        keep_key(transaction, request, key, refund_id)
    return show_refund(find_refund(transaction, refund_id))


def fetch_refund(transaction: Transaction, request: Request, refund_id: str) -> Shape:
    return show_refund(find_refund(transaction, refund_id))


def fetch_payment_refund(
    transaction: Transaction, request: Request, payment_id: str, refund_id: str
) -> Shape:
    payment, refund = find_payment(transaction, payment_id), find_refund(transaction, refund_id)
    if refund["payment_id"] != payment["id"]:
        raise reject(errors.UNKNOWN_ID)
    return show_refund(refund)


def list_refunds(transaction: Transaction, request: Request) -> Shape:
    return show_collection([show_refund(refund) for refund in list_page(transaction, request, "refunds")])


def list_payment_refunds(transaction: Transaction, request: Request, payment_id: str) -> Shape:
    payment = find_payment(transaction, payment_id)
    refunds = list_page(transaction, request, "refunds", "payment_id = ?", payment["id"])
    return show_collection([show_refund(refund) for refund in refunds])


def change_refund_notes(transaction: Transaction, request: Request, refund_id: str) -> Shape:
    refund = find_refund(transaction, refund_id)
    transaction.update("refunds", refund["id"], notes=json.dumps(require_notes_only(request.read_json())))
    return show_refund(find_refund(transaction, refund_id))


def find_refund(transaction: Transaction, refund_id: str) -> Row:
    require_identifier("rfnd", refund_id)
    refund = transaction.find("SELECT * FROM refunds WHERE id = ?", refund_id)
    if refund is None:
        raise reject(errors.UNKNOWN_ID)
    return refund


def make_refund(
    transaction: Transaction,
    payment: Row,
    amount: int,
    *,
    speed: str = "normal",
    receipt: str | None = None,
    notes: str = "{}",
) -> str:
    """Gives back `amount` paise, and returns the refund's id."""
    identifier = create_identifier("rfnd")
    fault = transaction.faults.take_one(REFUND_KINDS, payment["id"])
    seconds = fault.options["seconds"] if fault else transaction.configuration.refund_seconds
    is_pending = fault is not None or seconds > 0
    transaction.insert(
        "refunds",
        id=identifier,
        payment_id=payment["id"],
        amount=amount,
        currency=payment["currency"],
        receipt=receipt,
        notes=notes,
        status="pending" if is_pending else "processed",
        speed_requested=speed,
        speed_processed=None if is_pending else _name_processed_speed(speed),
        arn=None if is_pending else create_digits(14),
        created_at=transaction.now,
        due_at=transaction.moment + seconds,
    )
    if fault and fault.kind == "fail_refund":
        transaction.insert("failing_refunds", refund_id=identifier)
    _move_refunded_amount(transaction, payment, payment["amount_refunded"] + amount)
    _announce(transaction, "refund.created", identifier)
    if not is_pending:
        _announce(transaction, "refund.processed", identifier)
    return identifier


def settle_refund(transaction: Transaction, refund_id: str, *, succeeds: bool) -> None:
    """The bank answers for a pending refund; a failed one gives the amount back to the payment."""
    refund = find_refund(transaction, refund_id)
    if refund["status"] != "pending":
        return
    transaction.update(
        "refunds",
        refund_id,
        status="processed" if succeeds else "failed",
        speed_processed=_name_processed_speed(refund["speed_requested"]),
        arn=create_digits(14) if succeeds else None,
    )
    if not succeeds:
        payment = find_payment(transaction, refund["payment_id"])
        _move_refunded_amount(transaction, payment, payment["amount_refunded"] - refund["amount"])
    _announce(transaction, "refund.processed" if succeeds else "refund.failed", refund_id)


def _make_asked_refund(transaction: Transaction, request: Request, payment_id: str) -> str:
    payment, body = find_payment(transaction, payment_id), request.read_json()
    refuse_others(body, "amount", "speed", "notes", "receipt")
    speed = body.get("speed", "normal")
    if speed not in SPEEDS:
        raise reject("The speed must be normal or optimum.", "speed")
    amount = _require_refundable_amount(transaction, payment, body)
    notes = json.dumps(read_notes(body))
    return make_refund(transaction, payment, amount, speed=speed, receipt=read_receipt(body), notes=notes)


def _require_refundable_amount(transaction: Transaction, payment: Row, body: Body) -> int:
    """In paise; without an amount, all that is left of the payment."""
    if payment["amount_refunded"] == payment["amount"]:
        raise reject(errors.FULLY_REFUNDED)
    if payment["status"] != "captured":
        raise reject(errors.NOT_CAPTURED)
    if transaction.now > payment["created_at"] + REFUNDABLE_SECONDS:
        raise refuse_old_refund()
    left = payment["amount"] - payment["amount_refunded"]
    if body.get("amount") is None:
        return left
    amount = require_amount(body, payment["currency"])
    if amount > left:
        raise reject(errors.REFUND_TOO_LARGE)
    return amount


def _move_refunded_amount(transaction: Transaction, payment: Row, amount_refunded: int) -> None:
    is_full = amount_refunded == payment["amount"]
    whole = "captured" if payment["captured"] else "authorized"
    transaction.update(
        "payments", payment["id"], amount_refunded=amount_refunded, status="refunded" if is_full else whole
    )


def _announce(transaction: Transaction, name: str, refund_id: str) -> None:
    refund = find_refund(transaction, refund_id)
    webhooks.announce_refund(transaction, name, refund, find_payment(transaction, refund["payment_id"]))


def _name_processed_speed(speed_requested: str) -> str:
    return "instant" if speed_requested == "optimum" else "normal"
