"""What the web processes of the races serve: the shop, with a switch before each guard, and two calls more.

A request with `X-Guard-Off: stock` is served without that guard. Without the header it is the shop's own code.
"""

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from settings.wsgi import application as shop  # first: it sets Django up

# isort: split
from checkout.gateways import razorpay
from checkout.models import Order
from checkout.services import expiry, payments, refunds
from tests.races import guards

guards.install()


def expire(order_id: int) -> bool:
    """What the sweep does with an order whose time is up."""
    order = Order.objects.get(pk=order_id)
    return expiry.expire_order(order_id=order_id, now=order.expires_at)


def refund(order_id: int, amount: str) -> str:
    made = refunds.refund_order(order_id=order_id, amount=Decimal(amount), reason="Broken in the post")
    return made.key


def hear(payment_id: str) -> str:
    """What a webhook's processing does, here and now."""
    return payments.record_payment(reported=razorpay.fetch_payment(payment_id)).effect


CALLS: dict[str, Callable[..., Any]] = {
    "/races/expire/": expire,
    "/races/refund/": refund,
    "/races/hear/": hear,
}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    with guards.switch_off(environ.get("HTTP_X_GUARD_OFF", "")):
        call = CALLS.get(environ["PATH_INFO"])
        return answer(call, environ, start_response) if call else shop(environ, start_response)


def answer(
    call: Callable[..., Any], environ: dict[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    body = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    try:
        status, result = "200 OK", call(**body)
    except refunds.RefundExceedsCaptured as error:
        status, result = "409 Conflict", str(error)
    content = json.dumps({"result": result}).encode()
    start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(content)))])
    return [content]
