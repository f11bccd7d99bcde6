"""Why a payment fails, as it is written on the payment and told to the customer."""

from dataclasses import dataclass
from typing import Any

from simulators.razorpay.store import Row


@dataclass(frozen=True)
class Failure:
    reason: str
    description: str
    source: str = "customer"
    step: str = "payment_authorization"
    code: str = "BAD_REQUEST_ERROR"


UPI_REFUSED = Failure(
    "payment_failed",
    "Payment was unsuccessful due to a temporary issue. If amount got deducted, it will be refunded within"
    " 5-7 working days.",
    "gateway",
    "payment_response",
)
BANK_REFUSED = Failure(
    "payment_failed",
    "Your payment didn't go through as it was declined by the bank."
    " Try another payment method or contact your bank.",
    "bank",
)
CANCELLED = Failure(
    "payment_cancelled",
    "Your payment has been cancelled. Try again or complete the payment later.",
    step="payment_authentication",
)
WRONG_OTP = Failure(
    "invalid_otp", "Authentication failed due to incorrect otp", step="payment_authentication"
)
TIMED_OUT = Failure(
    "payment_timed_out",
    "Payment was not completed on time. Try again or use another payment method.",
    step="payment_authentication",
)
INSUFFICIENT_FUNDS = Failure(
    "insufficient_fund",
    "Your payment could not be completed due to insufficient account balance."
    " Try another card or payment method.",
)
CARD_DECLINED = Failure(
    "card_declined",
    "Your payment was declined by the card's bank. Try another card or payment method.",
    "issuer_bank",
)
CARD_DISABLED = Failure(
    "card_disabled_for_online_payments",
    "This card is disabled for online payments. Try another card or contact your bank.",
    "issuer_bank",
)
CARD_NUMBER_INVALID = Failure(
    "card_number_invalid",
    "The card number is not correct. Check it and try again.",
    step="payment_initiation",
)
GATEWAY_FAULT = Failure(
    "gateway_technical_error",
    "Payment was unsuccessful due to a technical issue at the bank. Try again or use another payment method.",
    "gateway",
    code="GATEWAY_ERROR",
)
AUTHENTICATION_FAILED = Failure(
    "authentication_failed",
    "Payment was unsuccessful as the bank could not authenticate the card. Try again.",
    step="payment_authentication",
    code="GATEWAY_ERROR",
)


def show_failure(payment: Row) -> dict[str, Any]:
    """The error of a failed payment, as the page's `payment.failed` listener receives it."""
    return {
        "code": payment["error_code"],
        "description": payment["error_description"],
        "field": None,
        "source": payment["error_source"],
        "step": payment["error_step"],
        "reason": payment["error_reason"],
        "metadata": {"payment_id": payment["id"], "order_id": payment["order_id"]},
    }
