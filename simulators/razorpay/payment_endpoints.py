"""The API's view of payments: fetch, list, annotate, capture."""

import json

from simulators.razorpay import errors
from simulators.razorpay.errors import reject
from simulators.razorpay.exchange import Request
from simulators.razorpay.orders import find_order
from simulators.razorpay.pagination import list_page
from simulators.razorpay.payments import find_payment, settle_payment
from simulators.razorpay.shapes import Shape, show_collection, show_payment
from simulators.razorpay.store import Row, Transaction
from simulators.razorpay.validation import Body, require_amount, require_notes_only


def fetch_payment(transaction: Transaction, request: Request, payment_id: str) -> Shape:
    return show_payment(find_payment(transaction, payment_id), with_card=_asks_for_card(request))


def list_payments(transaction: Transaction, request: Request) -> Shape:
    payments = list_page(transaction, request, "payments")
    with_card = _asks_for_card(request)
    return show_collection([show_payment(payment, with_card=with_card) for payment in payments])


def change_payment_notes(transaction: Transaction, request: Request, payment_id: str) -> Shape:
    payment = find_payment(transaction, payment_id)
    transaction.update("payments", payment["id"], notes=json.dumps(require_notes_only(request.read_json())))
    return show_payment(find_payment(transaction, payment_id))


def fetch_card(transaction: Transaction, request: Request, payment_id: str) -> Shape:
    payment = find_payment(transaction, payment_id)
    if not payment["card"]:
        raise reject(errors.UNKNOWN_ID)
    return json.loads(payment["card"])


def capture_payment(transaction: Transaction, request: Request, payment_id: str) -> Shape:
    payment = find_payment(transaction, payment_id)
    _refuse_capture(transaction, payment, request.read_json())
    return show_payment(settle_payment(transaction, payment))


def _refuse_capture(transaction: Transaction, payment: Row, body: Body) -> None:
    amount = require_amount(body, payment["currency"])
    if payment["captured"]:
        raise reject(errors.ALREADY_CAPTURED)
    if payment["status"] != "authorized":
        raise reject(errors.NOT_AUTHORIZED)
    if find_order(transaction, payment["order_id"])["status"] == "paid":
        raise reject(errors.ORDER_ALREADY_PAID)
    # Razorpay's oldest accounts capture without a currency; a wrong one is never accepted.
    if amount != payment["amount"] or body.get("currency", payment["currency"]) != payment["currency"]:
        raise reject(errors.CAPTURE_AMOUNT_DIFFERS, "amount")


def _asks_for_card(request: Request) -> bool:
    return "card" in request.query.get("expand[]", [])
