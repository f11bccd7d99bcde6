"""Razorpay through its own SDK, with the SDK's traps avoided in this one place.

Paise exist here and nowhere else. Every call has a timeout, none is retried blindly, and every failure
leaves as one of this module's exceptions.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar

import certifi
import razorpay
import requests
from django.conf import settings

from checkout.enums import PaymentStatus

T = TypeVar("T")

PAISE_PER_RUPEE = 100
# A key that was changed, another request with the same idempotency key, too many requests: none says
# anything of the money.
PASSING_REFUSALS = (401, 409, 429)
LARGEST_PAGE = 100
_thread = threading.local()


class GatewayError(Exception):
    """The gateway refused; asking the same again gets the same answer."""


class GatewayUnavailable(GatewayError):
    """No usable answer came: what happened there is unknown until it is asked."""


@dataclass(frozen=True)
class GatewayPayment:
    """A payment as Razorpay reports it; amounts in rupees. `refunded` went back or is on its way."""

    id: str
    order_id: str
    status: str
    amount: Decimal
    currency: str
    method: str
    error: str
    refunded: Decimal = Decimal(0)


@dataclass(frozen=True)
class GatewayRefund:
    """A refund as Razorpay reports it; the amount in rupees."""

    id: str
    payment_id: str
    status: str
    amount: Decimal
    receipt: str


@dataclass(frozen=True)
class GatewayDispute:
    """What a buyer contests with their bank, as Razorpay's event tells; amounts in rupees."""

    id: str
    payment_id: str
    status: str
    phase: str
    reason_code: str
    amount: Decimal
    amount_deducted: Decimal
    currency: str
    respond_by: datetime | None


class TimeoutSession(requests.Session):
    """The SDK sets no timeout of its own and would wait for ever, and it forgets the status of an error."""

    def request(self, method, url, **options):
        options.setdefault("timeout", settings.RAZORPAY_TIMEOUT_SECONDS)
        response = super().request(method, url, **options)
        if response.status_code in PASSING_REFUSALS:
            # The SDK would report these as a bad request, as if the request itself were refused for good.
            response.raise_for_status()
        return response


def to_paise(amount: Decimal) -> int:
    return int((amount * PAISE_PER_RUPEE).to_integral_exact())


def to_rupees(paise: int) -> Decimal:
    return Decimal(paise).scaleb(-2)


def get_client() -> razorpay.Client:
    """One client per thread: the SDK shares a session that nothing locks."""
    made_for = (settings.RAZORPAY_API_URL, settings.RAZORPAY_KEY_ID)
    if getattr(_thread, "made_for", None) != made_for:
        client = razorpay.Client(
            session=TimeoutSession(),
            auth=(settings.RAZORPAY_KEY_ID, settings.RAZORPAY_KEY_SECRET),
            base_url=settings.RAZORPAY_API_URL,
        )
        client.cert_path = certifi.where()  # the SDK bundles certificates of 2015
        _thread.client, _thread.made_for = client, made_for
    return _thread.client


def ask(call: Callable[[razorpay.Client], T]) -> T:
    """Make one call, read its answer, and translate whatever goes wrong with either."""
    try:
        return call(get_client())
    except razorpay.errors.BadRequestError as error:
        raise GatewayError(str(error)) from error
    # Anything else, an HTML error page or a broken connection too, leaves the outcome open.
    except (razorpay.errors.GatewayError, razorpay.errors.ServerError, requests.RequestException) as error:
        raise GatewayUnavailable(f"Razorpay did not answer: {error}") from error
    except (TypeError, LookupError, ValueError, ArithmeticError, AttributeError) as error:
        raise GatewayUnavailable("Razorpay's answer could not be read.") from error


def create_order(*, amount: Decimal, currency: str, receipt: str, notes: dict[str, str]) -> str:
    """Make an order at Razorpay for `amount` rupees, captured automatically. Returns its id."""
    body = {
        "amount": to_paise(amount),
        "currency": currency,
        "receipt": receipt,
        "notes": notes,
        "payment": {"capture": "automatic", "capture_options": {"automatic_expiry_period": 12}},
    }
    return ask(lambda client: client.order.create(body)["id"])


def find_order(*, receipt: str) -> str | None:
    """The id of the order with this receipt, where one was made although its answer was lost."""
    found = ask(
        lambda client: [
            order["id"]
            for order in client.order.all({"receipt": receipt})["items"]
            if order["receipt"] == receipt
        ]
    )
    return found[0] if found else None


def fetch_payment(payment_id: str) -> GatewayPayment:
    return ask(lambda client: read_payment(client.payment.fetch(payment_id)))


def fetch_payments(order_id: str) -> list[GatewayPayment]:
    """Every attempt at paying a Razorpay order."""
    return ask(lambda client: [read_payment(item) for item in client.order.payments(order_id)["items"]])


def capture_payment(*, payment_id: str, amount: Decimal, currency: str) -> GatewayPayment:
    # The explicit dict matters: the SDK's default argument is shared between threads.
    body = {"currency": currency}
    return ask(lambda client: read_payment(client.payment.capture(payment_id, to_paise(amount), body)))


def create_refund(*, payment_id: str, amount: Decimal, key: str) -> GatewayRefund:
    """Ask for a refund of `amount` rupees; the same key never refunds twice."""
    body = {"amount": to_paise(amount), "receipt": key}
    headers = {"X-Refund-Idempotency": key}
    return ask(lambda client: read_refund(client.payment.refund(payment_id, body, headers=headers)))


def find_refund(*, payment_id: str, key: str) -> GatewayRefund | None:
    """The refund that was made under this key, where one was although its answer was lost."""
    made = fetch_refunds(payment_id=payment_id)
    return next((refund for refund in made if refund.receipt == key), None)


def fetch_refunds(*, payment_id: str) -> list[GatewayRefund]:
    """Every refund of a payment, whoever made it."""
    return read_pages(lambda client, page: client.payment.fetch_multiple_refund(payment_id, page))


def fetch_recent_refunds(*, since: datetime) -> list[GatewayRefund]:
    """Every refund of the account that was made since then."""
    begin = {"from": int(since.timestamp())}
    return read_pages(lambda client, page: client.refund.all(begin | page))


def read_pages(call: Callable[[razorpay.Client, dict[str, int]], Any]) -> list[GatewayRefund]:
    """All of a list of refunds that Razorpay hands out in pages."""
    refunds: list[GatewayRefund] = []
    while True:
        page = {"count": LARGEST_PAGE, "skip": len(refunds)}
        found = ask(lambda client, page=page: [read_refund(item) for item in call(client, page)["items"]])
        refunds += found
        if len(found) < LARGEST_PAGE:
            return refunds


def fetch_refund(refund_id: str) -> GatewayRefund:
    return ask(lambda client: read_refund(client.refund.fetch(refund_id)))


def read_payment(entity: dict[str, Any]) -> GatewayPayment:
    return GatewayPayment(
        id=entity["id"],
        order_id=entity.get("order_id") or "",
        status=read_payment_status(entity["status"]),
        amount=to_rupees(entity["amount"]),
        currency=entity["currency"],
        method=entity.get("method") or "",
        error=entity.get("error_description") or "",
        refunded=to_rupees(entity.get("amount_refunded") or 0),
    )


def read_payment_status(status: str) -> str:
    """A status that Razorpay has invented since says nothing certain of the money."""
    return status if status in PaymentStatus.values else PaymentStatus.CREATED


def read_refund(entity: dict[str, Any]) -> GatewayRefund:
    return GatewayRefund(
        id=entity["id"],
        payment_id=entity.get("payment_id") or "",
        status=entity["status"],
        amount=to_rupees(entity["amount"]),
        receipt=entity.get("receipt") or "",
    )


def read_dispute(entity: dict[str, Any]) -> GatewayDispute:
    """Raises what a broken event raises: `KeyError`, `TypeError`, `ValueError`."""
    respond_by = entity.get("respond_by")
    return GatewayDispute(
        id=entity["id"],
        payment_id=entity["payment_id"],
        status=entity["status"],
        phase=entity.get("phase") or "",
        reason_code=entity.get("reason_code") or "",
        amount=to_rupees(entity["amount"]),
        amount_deducted=to_rupees(entity.get("amount_deducted") or 0),
        currency=entity["currency"],
        respond_by=datetime.fromtimestamp(respond_by, tz=UTC) if respond_by else None,
    )
