"""The test cards: which exist, what becomes of a payment with them, and the card entity they leave behind."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from simulators.razorpay import failures
from simulators.razorpay.failures import Failure
from simulators.razorpay.identifiers import create_identifier

DOMESTIC_CARDS = {
    "4100280000001007": "Visa",
    "5500670000001002": "MasterCard",
    "6527658900001005": "RuPay",
    "36082800091007": "Diners Club",
    "340256000401007": "American Express",
    # Not on Razorpay's list, but the one number that everybody knows by heart.
    "4111111111111111": "Visa",
}
INTERNATIONAL_CARDS = {
    "5555555555554444": "MasterCard",
    "5105105105105100": "MasterCard",
    "5104060000000008": "MasterCard",
    "4012888888881881": "Visa",
}
FAILING_CARDS: dict[str, Failure] = {
    "4100280000090000": failures.TIMED_OUT,
    "4100280000080001": failures.INSUFFICIENT_FUNDS,
    "4100280000070002": failures.CANCELLED,
    "4100280000060003": failures.CARD_DECLINED,
    "4100280000030006": failures.CARD_DISABLED,
    "4100280000010008": failures.CARD_NUMBER_INVALID,
    "4100280000020007": failures.GATEWAY_FAULT,
    "4100280000000009": failures.AUTHENTICATION_FAILED,
}
NETWORKS = {**DOMESTIC_CARDS, **INTERNATIONAL_CARDS, **dict.fromkeys(FAILING_CARDS, "Visa")}


class FieldError(Exception):
    """A field of the payment form is wrong, before any payment exists."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


def check_card(form: Mapping[str, str], now: int) -> str:
    """The card's number without spaces. `now` is in unix seconds; raises FieldError."""
    number = re.sub(r"[\s-]", "", form.get("number", ""))
    if number not in NETWORKS:
        raise FieldError("number", "Not a test card. Use 4111 1111 1111 1111.")
    _check_expiry(form.get("expiry", ""), now)
    if not re.fullmatch(r"[0-9]{3,4}", form.get("cvv", "").strip()):
        raise FieldError("cvv", "The CVV has 3 or 4 digits.")
    return number


def describe_card(number: str, name: str) -> dict[str, Any]:
    network = NETWORKS[number]
    return {
        "id": create_identifier("card"),
        "entity": "card",
        "name": name.strip(),
        "last4": number[-4:],
        "network": network,
        "type": "credit" if network in ("American Express", "Diners Club") else "debit",
        "issuer": None,
        "international": number in INTERNATIONAL_CARDS,
        "emi": False,
        "sub_type": "consumer",
        "token_iin": None,
    }


def _check_expiry(text: str, now: int) -> None:
    match = re.fullmatch(r"\s*(0[1-9]|1[0-2])\s*/?\s*(?:20)?([0-9]{2})\s*", text)
    if not match:
        raise FieldError("expiry", "Write the expiry as MM/YY.")
    today = datetime.fromtimestamp(now, UTC)
    if (2000 + int(match[2]), int(match[1])) < (today.year, today.month):
        raise FieldError("expiry", "This card has expired.")
