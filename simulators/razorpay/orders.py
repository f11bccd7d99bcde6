"""Orders: created → attempted → paid, and never back."""

import json
from collections.abc import Mapping
from typing import Any

from simulators.razorpay import errors, webhooks
from simulators.razorpay.configuration import CAPTURE_MODES
from simulators.razorpay.errors import reject
from simulators.razorpay.exchange import Request
from simulators.razorpay.identifiers import create_identifier, require_identifier
from simulators.razorpay.pagination import list_page
from simulators.razorpay.shapes import Shape, show_collection, show_order, show_payment
from simulators.razorpay.store import Row, Transaction
from simulators.razorpay.validation import read_notes, read_receipt, require_amount, require_notes_only

CURRENCIES = ("INR", "USD", "EUR", "GBP", "SGD", "AED", "AUD", "CAD")
SHORTEST_AUTOMATIC_EXPIRY = 12
LONGEST_MANUAL_EXPIRY = 7200
REFUND_SPEEDS = ("normal", "optimum")

AUTHORIZED_PAYMENT = (
    "SELECT 1 FROM payments WHERE payments.order_id = orders.id"
    " AND payments.status IN ('authorized', 'captured', 'refunded')"
)


def create_order(transaction: Transaction, request: Request) -> Shape:
    body = request.read_json()
    identifier = create_identifier("order")
    currency = _require_currency(body)
    transaction.insert(
        "orders",
        id=identifier,
        amount=_require_order_amount(transaction, body, currency),
        currency=currency,
        receipt=read_receipt(body),
        status="created",
        notes=json.dumps(read_notes(body)),
        created_at=transaction.now,
        **_read_capture(transaction, body),
    )
    return show_order(find_order(transaction, identifier))


def fetch_order(transaction: Transaction, request: Request, order_id: str) -> Shape:
    return show_order(find_order(transaction, order_id))


def list_orders(transaction: Transaction, request: Request) -> Shape:
    conditions, parameters = ["1"], []
    if (receipt := request.read_parameter("receipt")) is not None:
        conditions.append("receipt = ?")
        parameters.append(receipt)
    if (authorized := request.read_parameter("authorized")) is not None:
        conditions.append(f"{'' if authorized == '1' else 'NOT '}EXISTS ({AUTHORIZED_PAYMENT})")
    orders = list_page(transaction, request, "orders", " AND ".join(conditions), *parameters)
    if request.read_parameter("expand[]") == "payments":
        return show_collection(
            [{**show_order(order), "payments": _show_payments(transaction, order)} for order in orders]
        )
    return show_collection([show_order(order) for order in orders])


def change_order_notes(transaction: Transaction, request: Request, order_id: str) -> Shape:
    order = find_order(transaction, order_id)
    transaction.update("orders", order["id"], notes=json.dumps(require_notes_only(request.read_json())))
    return fetch_order(transaction, request, order_id)


def list_order_payments(transaction: Transaction, request: Request, order_id: str) -> Shape:
    return _show_payments(transaction, find_order(transaction, order_id))


def find_order(transaction: Transaction, order_id: str) -> Row:
    require_identifier("order", order_id)
    order = transaction.find("SELECT * FROM orders WHERE id = ?", order_id)
    if order is None:
        raise reject(errors.UNKNOWN_ID)
    return order


def record_attempt(transaction: Transaction, order: Row) -> None:
    """A new payment of this order begins."""
    transaction.update("orders", order["id"], attempts=order["attempts"] + 1, status="attempted")


def credit_order(transaction: Transaction, payment: Row) -> None:
    """A captured payment settles its order; money beyond the order's amount changes nothing about it."""
    order = find_order(transaction, payment["order_id"])
    if order["status"] == "paid":
        return
    paid = min(order["amount"], order["amount_paid"] + payment["amount"])
    status = "paid" if paid == order["amount"] else order["status"]
    transaction.update("orders", order["id"], amount_paid=paid, status=status)
    if status == "paid":
        webhooks.announce_order_paid(transaction, find_order(transaction, order["id"]), payment)


def _show_payments(transaction: Transaction, order: Row) -> Shape:
    """Every attempt, the oldest first."""
    payments = transaction.find_all(
        "SELECT * FROM payments WHERE order_id = ? ORDER BY sequence", order["id"]
    )
    return show_collection([show_payment(payment) for payment in payments])


def _require_currency(body: Mapping[str, Any]) -> str:
    currency = body.get("currency")
    if currency is None:
        raise reject("The currency field is required.", "currency")
    if currency not in CURRENCIES:
        raise reject("Currency is not supported", "currency")
    return currency


def _require_order_amount(transaction: Transaction, body: Mapping[str, Any], currency: str) -> int:
    amount = require_amount(body, currency)
    if amount > transaction.configuration.maximum_amount:
        raise reject(errors.AMOUNT_TOO_LARGE, "amount")
    return amount


def _read_capture(transaction: Transaction, body: Mapping[str, Any]) -> dict[str, Any]:
    """How the order's payments are captured: `payment`, `payment_capture`, or the account's default."""
    payment = body.get("payment")
    capture = transaction.configuration.capture
    if payment is not None:
        return _read_payment_option(payment)
    if body.get("payment_capture") is not None:
        capture = "automatic" if body["payment_capture"] in (1, True, "1", "true") else "manual"
    return _describe_capture(capture, LONGEST_MANUAL_EXPIRY, LONGEST_MANUAL_EXPIRY)


def _read_payment_option(payment: Any) -> dict[str, Any]:
    if not isinstance(payment, dict) or payment.get("capture") not in CAPTURE_MODES:
        raise reject("The payment.capture must be automatic or manual.", "payment.capture")
    options = payment.get("capture_options") or {}
    if not isinstance(options, dict):
        raise reject("The payment.capture_options must be an object.", "payment.capture_options")
    automatic = options.get("automatic_expiry_period")
    if automatic is None and payment["capture"] == "automatic":
        raise reject("The automatic_expiry_period field is required.", "automatic_expiry_period")
    automatic = SHORTEST_AUTOMATIC_EXPIRY if automatic is None else automatic
    manual = options.get("manual_expiry_period", LONGEST_MANUAL_EXPIRY)
    _require_minutes("automatic_expiry_period", automatic, SHORTEST_AUTOMATIC_EXPIRY)
    _require_minutes("manual_expiry_period", manual, automatic)
    if options.get("refund_speed", "normal") not in REFUND_SPEEDS:
        raise reject("The refund_speed must be normal or optimum.", "refund_speed")
    return _describe_capture(payment["capture"], automatic, manual)


def _require_minutes(name: str, minutes: Any, smallest: int) -> None:
    if not isinstance(minutes, int) or isinstance(minutes, bool):
        raise reject(f"The {name} must be an integer.", name)
    if not smallest <= minutes <= LONGEST_MANUAL_EXPIRY:
        raise reject(f"The {name} must be between {smallest} and {LONGEST_MANUAL_EXPIRY}.", name)


def _describe_capture(capture: str, automatic_minutes: int, manual_minutes: int) -> dict[str, Any]:
    return {
        "capture": capture,
        "automatic_expiry_minutes": automatic_minutes,
        "manual_expiry_minutes": manual_minutes,
    }
