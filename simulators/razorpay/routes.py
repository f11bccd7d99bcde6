"""Every address the simulator answers, who may call it, and the function that does."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulators.razorpay import (
    disputes,
    hosted,
    orders,
    payment_endpoints,
    refunds,
    window,
)
from simulators.razorpay.assets import read_page, serve_file, serve_page
from simulators.razorpay.errors import refuse_url
from simulators.razorpay.exchange import Answer, Request
from simulators.razorpay.store import Transaction

Handler = Callable[..., dict[str, Any] | Answer]


@dataclass(frozen=True)
class Route:
    """A public route takes no Basic credentials: browsers call it."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler
    is_public: bool = False


def find_route(method: str, path: str) -> tuple[Route, dict[str, str]]:
    """Raises ApiError for what no route answers."""
    for route in ROUTES:
        if route.method == method and (match := route.pattern.fullmatch(path)):
            return route, match.groupdict()
    raise refuse_url()


def show_health(transaction: Transaction, request: Request) -> dict[str, str]:
    return {"status": "ok"}


def show_no_icon(transaction: Transaction, request: Request) -> Answer:
    """Browsers ask for it on their own; there is none, and nothing is wrong with that."""
    return Answer(204, b"", "image/x-icon")


def show_script(transaction: Transaction, request: Request) -> Answer:
    return serve_file("checkout.js")


def show_asset(transaction: Transaction, request: Request, name: str) -> Answer:
    return serve_file(name)


def show_window(transaction: Transaction, request: Request) -> Answer:
    return serve_page(read_page("window.html"))


def _private(method: str, path: str, handler: Handler) -> Route:
    return Route(method, _compile(f"/v1{path}"), handler)


def _public(method: str, path: str, handler: Handler) -> Route:
    return Route(method, _compile(path), handler, is_public=True)


def _compile(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", path.replace(".", r"\.")))


ROUTES = (
    _private("POST", "/orders", orders.create_order),
    _private("GET", "/orders", orders.list_orders),
    _private("GET", "/orders/<order_id>", orders.fetch_order),
    _private("PATCH", "/orders/<order_id>", orders.change_order_notes),
    _private("GET", "/orders/<order_id>/payments", orders.list_order_payments),
    _private("GET", "/payments", payment_endpoints.list_payments),
    _private("GET", "/payments/<payment_id>", payment_endpoints.fetch_payment),
    _private("PATCH", "/payments/<payment_id>", payment_endpoints.change_payment_notes),
    _private("GET", "/payments/<payment_id>/card", payment_endpoints.fetch_card),
    _private("POST", "/payments/<payment_id>/capture", payment_endpoints.capture_payment),
    _private("POST", "/payments/<payment_id>/refund", refunds.refund_payment),
    _private("GET", "/payments/<payment_id>/refunds", refunds.list_payment_refunds),
    _private("GET", "/payments/<payment_id>/refunds/<refund_id>", refunds.fetch_payment_refund),
    _private("GET", "/refunds", refunds.list_refunds),
    _private("GET", "/refunds/<refund_id>", refunds.fetch_refund),
    _private("PATCH", "/refunds/<refund_id>", refunds.change_refund_notes),
    _private("GET", "/disputes", disputes.list_disputes),
    _private("GET", "/disputes/<dispute_id>", disputes.fetch_dispute),
    _public("GET", "/health", show_health),
    _public("GET", "/favicon.ico", show_no_icon),
    _public("GET", "/v1/checkout.js", show_script),
    _public("GET", "/v1/checkout/static/<name>", show_asset),
    _public("GET", "/v1/checkout/window", show_window),
    _public("GET", "/v1/checkout/preferences", window.show_preferences),
    _public("POST", "/v1/checkout/payments", window.start_window_payment),
    _public("POST", "/v1/checkout/payments/<payment_id>/answer", window.answer_window_payment),
    _public("POST", "/v1/checkout/embedded", hosted.open_checkout),
    _public("GET", "/v1/checkout/embedded/<checkout_id>", hosted.show_checkout),
    _public("POST", "/v1/checkout/embedded/<checkout_id>", hosted.start_hosted_payment),
    _public(
        "POST", "/v1/checkout/embedded/<checkout_id>/payments/<payment_id>", hosted.answer_hosted_payment
    ),
)
