"""Hosted checkout: the same instruments as plain forms, for pages without scripts.

The form that opened it is kept in the database, so each page's form carries only what the customer typed.
A result leaves as a form to the shop's callback URL, sent by a script or its `Continue` button.
"""

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from simulators.razorpay import hosted_pages as pages
from simulators.razorpay.assets import serve_page
from simulators.razorpay.cards import FieldError
from simulators.razorpay.checkout import (
    Progress,
    answer_bank,
    find_checkout_order,
    pay,
    require_public_key,
)
from simulators.razorpay.errors import UNKNOWN_ID, ApiError, reject
from simulators.razorpay.exchange import Answer, Request
from simulators.razorpay.hosted_pages import Visit
from simulators.razorpay.identifiers import create_identifier, require_identifier
from simulators.razorpay.orders import find_order
from simulators.razorpay.payments import refuse_second_success
from simulators.razorpay.store import Transaction


def open_checkout(transaction: Transaction, request: Request) -> Answer:
    """POST /v1/checkout/embedded."""
    fields = request.read_form()
    try:
        require_public_key(transaction, fields.get("key_id") or fields.get("key"))
        order = find_checkout_order(transaction, fields.get("order_id"))
        for name in ("callback_url", "cancel_url"):
            _require_web_address(fields, name)
        refuse_second_success(transaction, order)
    except ApiError as error:
        return serve_page(pages.show_problem(str(error), fields.get("cancel_url", "")), error.status)
    identifier = create_identifier("checkout")
    transaction.insert(
        "hosted_checkouts",
        id=identifier,
        order_id=order["id"],
        fields=json.dumps(fields),
        created_at=transaction.now,
    )
    return serve_page(pages.show_methods(_find_visit(transaction, identifier)))


def show_checkout(transaction: Transaction, request: Request, checkout_id: str) -> Answer:
    """The way back from a bank's page, and what a reload shows."""
    return serve_page(pages.show_methods(_find_visit(transaction, checkout_id)))


def start_hosted_payment(transaction: Transaction, request: Request, checkout_id: str) -> Answer:
    visit, form = _find_visit(transaction, checkout_id), request.read_form()
    try:
        progress = pay(transaction, visit.order["id"], form, _describe_customer(visit.fields))
    except FieldError as error:
        return serve_page(pages.show_methods(visit, form, error))
    except ApiError as error:
        return serve_page(pages.show_problem(str(error), visit.fields.get("cancel_url", "")), error.status)
    return _show_progress(visit, progress)


def answer_hosted_payment(
    transaction: Transaction, request: Request, checkout_id: str, payment_id: str
) -> Answer:
    visit = _find_visit(transaction, checkout_id)
    return _show_progress(visit, answer_bank(transaction, payment_id, request.read_form()))


def _show_progress(visit: Visit, progress: Progress) -> Answer:
    if progress["next"] == "done":
        return serve_page(pages.show_return(visit, progress["response"], "Payment successful"))
    if progress["next"] == "failed":
        return serve_page(pages.show_return(visit, _spread_error(progress["error"]), "Payment failed"))
    show = pages.show_otp if progress["next"] == "otp" else pages.show_bank
    return serve_page(show(visit, progress["payment_id"]))


def _spread_error(error: Mapping[str, object]) -> dict[str, str]:
    """As Razorpay posts it: error[code], error[description] … with the ids as JSON in error[metadata]."""
    return {
        f"error[{name}]": json.dumps(value, separators=(",", ":"))
        if isinstance(value, dict)
        else str(value or "")
        for name, value in error.items()
    }


def _find_visit(transaction: Transaction, checkout_id: str) -> Visit:
    require_identifier("checkout", checkout_id)
    row = transaction.find("SELECT * FROM hosted_checkouts WHERE id = ?", checkout_id)
    if row is None:
        raise reject(UNKNOWN_ID)
    return Visit(row["id"], find_order(transaction, row["order_id"]), json.loads(row["fields"]))


def _require_web_address(fields: Mapping[str, str], name: str) -> None:
    address = urlsplit(fields.get(name, ""))
    if address.scheme not in ("http", "https") or not address.netloc:
        raise reject(f"The {name} must be a web address.", name)


def _describe_customer(fields: Mapping[str, str]) -> dict[str, str]:
    return {
        "email": fields.get("prefill[email]", ""),
        "contact": fields.get("prefill[contact]", ""),
        "description": fields.get("description", ""),
    }
