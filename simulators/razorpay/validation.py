"""What any body is held to: amounts, notes, receipts, and the fields that may be there at all."""

from collections.abc import Mapping
from typing import Any

from simulators.razorpay import errors
from simulators.razorpay.errors import reject

MINIMUM_AMOUNT = 100
LONGEST_RECEIPT = 40
MOST_NOTES = 15
LONGEST_NOTE = 256

Body = Mapping[str, Any]


def require_amount(body: Body, currency: str) -> int:
    """The body's amount in paise, at least ₹1."""
    amount = body.get("amount")
    if amount is None:
        raise reject("The amount field is required.", "amount")
    # JSON's true is an int to Python, and no amount to anybody.
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise reject("The amount must be an integer.", "amount")
    if amount < MINIMUM_AMOUNT:
        raise reject(errors.AMOUNT_TOO_SMALL.format(currency=currency), "amount")
    return amount


def read_receipt(body: Body) -> str | None:
    receipt = body.get("receipt")
    if receipt is None:
        return None
    if not isinstance(receipt, str):
        raise reject("The receipt must be a string.", "receipt")
    if len(receipt) > LONGEST_RECEIPT:
        raise reject(f"receipt: the length must be no more than {LONGEST_RECEIPT}.")
    return receipt


def read_notes(body: Body) -> dict[str, Any]:
    notes = body.get("notes") or {}
    if not isinstance(notes, dict):
        raise reject("The notes must be an object.", "notes")
    if len(notes) > MOST_NOTES:
        raise reject(f"Number of fields in notes should be less than or equal to {MOST_NOTES}.", "notes")
    if any(len(str(text)) > LONGEST_NOTE for pair in notes.items() for text in pair):
        raise reject(f"The notes may not be longer than {LONGEST_NOTE} characters each.", "notes")
    return notes


def refuse_others(body: Body, *allowed: str) -> None:
    others = [field for field in body if field not in allowed]
    if others:
        raise reject(f"{', '.join(others)} is/are not required and should not be sent")


def require_notes_only(body: Body) -> dict[str, Any]:
    """What a PATCH may carry: orders, payments and refunds change in nothing but their notes."""
    refuse_others(body, "notes")
    if "notes" not in body:
        raise reject("The notes field is required.", "notes")
    return read_notes(body)
