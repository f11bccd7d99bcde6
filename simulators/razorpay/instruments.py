"""What a customer pays with, and what comes of it: test instruments, each with one fixed result."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulators.razorpay import failures
from simulators.razorpay.cards import FAILING_CARDS, FieldError, check_card, describe_card
from simulators.razorpay.failures import Failure
from simulators.razorpay.identifiers import create_digits
from simulators.razorpay.store import Row

BANKS = {
    "HDFC": "HDFC Bank",
    "SBIN": "State Bank of India",
    "ICIC": "ICICI Bank",
    "UTIB": "Axis Bank",
    "KKBK": "Kotak Mahindra Bank",
}
WALLETS = ("payzapp", "mobikwik", "airtelmoney", "freecharge")
SUCCEEDING_VPA = "success@razorpay"
FAILING_VPA = "failure@razorpay"

# What stands in acquirer_data until the bank has answered.
EMPTY_ACQUIRER_DATA = {
    "card": {"auth_code": None},
    "upi": {"rrn": None},
    "netbanking": {"bank_transaction_id": None},
    "wallet": {"transaction_id": None},
}


@dataclass(frozen=True)
class Instrument:
    """`step` is what the customer still has to do: give an otp, answer at the bank, or nothing."""

    method: str
    step: str
    columns: dict[str, Any]
    failure: Failure | None = None


def choose_instrument(form: Mapping[str, str], now: int) -> Instrument:
    """Raises FieldError for what a customer mistyped; `now` is in unix seconds."""
    chooser = CHOOSERS.get(form.get("method", ""))
    if chooser is None:
        raise FieldError("method", "Choose a card, UPI or net banking.")
    return chooser(form, now)


def describe_acquirer_data(payment: Row) -> dict[str, Any]:
    """The bank's references for a payment that it let through."""
    if payment["method"] == "card":
        return {"auth_code": create_digits(6), "rrn": create_digits(12)}
    if payment["method"] == "upi":
        return {"rrn": create_digits(12), "upi_transaction_id": f"{int(create_digits(38)):032X}"[:32]}
    if payment["method"] == "netbanking":
        return {"bank_transaction_id": create_digits(7)}
    return {"transaction_id": None}


def _choose_card(form: Mapping[str, str], now: int) -> Instrument:
    number = check_card(form, now)
    card = describe_card(number, form.get("name", ""))
    columns = {"card": json.dumps(card), "international": int(card["international"])}
    failure = FAILING_CARDS.get(number)
    return Instrument("card", "none" if failure else "otp", columns, failure)


def _choose_upi(form: Mapping[str, str], now: int) -> Instrument:
    vpa = form.get("vpa", "").strip().lower()
    if vpa == SUCCEEDING_VPA:
        return Instrument("upi", "none", {"vpa": vpa, "upi": json.dumps({"vpa": vpa, "flow": "collect"})})
    if vpa == FAILING_VPA:
        return Instrument("upi", "none", {"vpa": vpa, "upi": json.dumps({"vpa": vpa})}, failures.UPI_REFUSED)
    raise FieldError("vpa", f"Use {SUCCEEDING_VPA} or {FAILING_VPA}.")


def _choose_bank(form: Mapping[str, str], now: int) -> Instrument:
    if form.get("bank") not in BANKS:
        raise FieldError("bank", "Choose your bank.")
    return Instrument("netbanking", "bank", {"bank": form["bank"]})


def _choose_wallet(form: Mapping[str, str], now: int) -> Instrument:
    if form.get("wallet") not in WALLETS:
        raise FieldError("wallet", "Choose your wallet.")
    return Instrument("wallet", "bank", {"wallet": form["wallet"]})


CHOOSERS = {"card": _choose_card, "upi": _choose_upi, "netbanking": _choose_bank, "wallet": _choose_wallet}
