"""Payments that go another way than a patient customer's: made here, without a browser that comes back."""

from collections.abc import Callable
from typing import Any

from simulators.razorpay import failures
from simulators.razorpay.checkout import sign_response
from simulators.razorpay.errors import reject
from simulators.razorpay.instruments import choose_instrument
from simulators.razorpay.orders import CURRENCIES, find_order
from simulators.razorpay.payments import (
    fail_payment,
    find_payment,
    mark_authorized,
    settle_payment,
    start_payment,
)
from simulators.razorpay.shapes import show_payment
from simulators.razorpay.store import Row, Transaction
from simulators.razorpay.validation import require_amount

Body = dict[str, Any]
UPI = {"method": "upi", "vpa": "success@razorpay"}


def tell(transaction: Transaction, body: Body) -> Body:
    """`story` is one of `STORIES`; `amount` (paise) and `currency` make the payment differ from its order.

    Each payment comes with the fields that a browser would bring back.
    """
    story = STORIES.get(body.get("story", "captured"))
    if story is None:
        raise reject(f"The story must be one of {', '.join(STORIES)}.", "story")
    order = find_order(transaction, body.get("order_id") or "")
    payments = story(transaction, order, body)
    return {
        "payments": [
            {**show_payment(payment), "response": sign_response(transaction, payment)} for payment in payments
        ]
    }


def _open(transaction: Transaction, order: Row, body: Body) -> list[Row]:
    payment = start_payment(transaction, order["id"], choose_instrument(UPI, transaction.now), {})
    changes: Body = {}
    if "amount" in body:
        changes["amount"] = require_amount(body, payment["currency"])
    if "currency" in body:
        changes["currency"] = _require_currency(body)
    if changes:
        transaction.update("payments", payment["id"], **changes)
    return [find_payment(transaction, payment["id"])]


def _authorize(transaction: Transaction, order: Row, body: Body) -> list[Row]:
    return [mark_authorized(transaction, payment) for payment in _open(transaction, order, body)]


def _capture(transaction: Transaction, order: Row, body: Body) -> list[Row]:
    return [settle_payment(transaction, payment) for payment in _authorize(transaction, order, body)]


def _fail(transaction: Transaction, order: Row, body: Body) -> list[Row]:
    failure = failures.UPI_REFUSED
    return [fail_payment(transaction, payment["id"], failure) for payment in _open(transaction, order, body)]


def _fail_then_capture(transaction: Transaction, order: Row, body: Body) -> list[Row]:
    failed = _fail(transaction, order, body)
    return [settle_payment(transaction, mark_authorized(transaction, payment)) for payment in failed]


def _pay_twice(transaction: Transaction, order: Row, body: Body) -> list[Row]:
    """Two windows, both open before either was paid."""
    opened = [*_open(transaction, order, body), *_open(transaction, order, body)]
    return [settle_payment(transaction, mark_authorized(transaction, payment)) for payment in opened]


def _require_currency(body: Body) -> str:
    if body["currency"] not in CURRENCIES:
        raise reject("Currency is not supported", "currency")
    return body["currency"]


STORIES: dict[str, Callable[[Transaction, Row, Body], list[Row]]] = {
    "open": _open,
    "authorized": _authorize,
    "captured": _capture,
    "failed": _fail,
    "failed_then_captured": _fail_then_capture,
    "twice": _pay_twice,
}
