"""The error envelope, and the sentences that Razorpay answers with."""

from typing import Any

AMOUNT_TOO_SMALL = "The amount must be at least {currency} 1.00"
AMOUNT_TOO_LARGE = "Amount exceeds maximum amount allowed"
UNKNOWN_ID = "The id provided does not exist"
UNKNOWN_URL = "The requested URL was not found on the server."
ORDER_ALREADY_PAID = (
    "Your payment has been declined as the order is already paid."
    " Please initiate the payment with a new order."
)
ALREADY_CAPTURED = "This payment has already been captured"
CAPTURE_AMOUNT_DIFFERS = "Capture amount must be equal to the amount authorized"
NOT_AUTHORIZED = "Only payments which have been authorized and not yet captured can be captured"
NOT_CAPTURED = "The payment status should be captured for action to be taken"
REFUND_TOO_LARGE = "The refund amount provided is greater than amount captured"
FULLY_REFUNDED = "The payment has been fully refunded already"
TOO_OLD_TO_REFUND = "Refund is not supported by the bank because the payment is more than 6 months old"
KEY_TOO_SHORT = "The idempotency key must be at least 10 characters long."
KEY_MALFORMED = "The idempotency key must only contain alphanumeric characters, underscores, and hyphens"
KEY_REUSED = "Different request with the same idempotency key has already been processed."
KEY_IN_FLIGHT = "Another request with the same idempotency key is still in progress."


class ApiError(Exception):
    """An answer other than 200, ready to be sent."""

    def __init__(self, status: int, error: dict[str, Any]) -> None:
        super().__init__(error["description"])
        self.status = status
        self.error = error


def reject(description: str, field: str | None = None) -> ApiError:
    """What the caller sent cannot be accepted (400)."""
    error = _describe(description, "business", "payment_initiation", "input_validation_failed")
    if field:
        error["field"] = field
    return ApiError(400, error)


def refuse_url() -> ApiError:
    """Razorpay answers an unknown path or verb with 400, not with 404 or 405."""
    return ApiError(400, _describe(UNKNOWN_URL, "NA", "NA", "NA"))


def refuse_key() -> ApiError:
    return ApiError(401, {"code": "BAD_REQUEST_ERROR", "description": "Authentication failed"})


def conflict(description: str) -> ApiError:
    return ApiError(409, _describe(description, "NA", "NA", "NA"))


def refuse_old_refund() -> ApiError:
    return ApiError(400, _describe(TOO_OLD_TO_REFUND, None, None, None))


def report_fault() -> ApiError:
    description = "The server encountered an error. The incident has been reported to admins."
    return ApiError(500, {"code": "SERVER_ERROR", "description": description, "metadata": {}})


def _describe(description: str, source: str | None, step: str | None, reason: str | None) -> dict[str, Any]:
    return {
        "code": "BAD_REQUEST_ERROR",
        "description": description,
        "source": source,
        "step": step,
        "reason": reason,
        "metadata": {},
    }
