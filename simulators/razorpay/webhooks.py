"""Events: built, signed and written in the transaction that causes them, a delivery for each address.

Field order differs between the families, as on the wire: payments and orders as documented, refunds
sorted by key.
"""

import json
from typing import Any

from simulators.razorpay.faults import WEBHOOK_KINDS
from simulators.razorpay.identifiers import create_suffix
from simulators.razorpay.shapes import Shape, show_dispute, show_order, show_payment, show_refund
from simulators.razorpay.signatures import sign_webhook
from simulators.razorpay.store import Row, Transaction
from simulators.razorpay.webhook_faults import Dispatch, plan_dispatch

# Fields that a refund's payment carries on the wire beyond the documented ones.
WIRE_FIELDS: Shape = {
    **dict.fromkeys(
        (
            "account_id",
            "customer_id",
            "device_id",
            "fee_bearer",
            "gateway_merchant_id",
            "gateway_terminal_id",
            "internal_status",
            "optimizer_provider",
            "provider",
            "receiver_type",
            "settled_by",
            "store_id",
            "terminal_id",
            "token_id",
        )
    ),
    "gateway_provider": "Razorpay",
    "source_channel": "online",
}


def announce_payment(transaction: Transaction, name: str, payment: Row) -> None:
    shape = show_payment(payment, with_card=True)
    if name == "payment.captured":
        shape |= {"base_amount": payment["amount"], "reward": None}
    _record_event(transaction, name, {"payment": shape})


def announce_order_paid(transaction: Transaction, order: Row, payment: Row) -> None:
    payment_shape = show_payment(payment, with_card=True) | {"reward": None}
    order_shape = show_order(order) | {"description": None, "checkout": None}
    _record_event(transaction, "order.paid", {"payment": payment_shape, "order": order_shape})


def announce_refund(transaction: Transaction, name: str, refund: Row, payment: Row) -> None:
    payment_shape = show_payment(payment, with_card=True) | _describe_transfer(payment) | WIRE_FIELDS
    shapes = {"refund": show_refund(refund), "payment": payment_shape}
    _record_event(transaction, name, shapes, sort_keys=True)


def announce_dispute(transaction: Transaction, name: str, dispute: Row, payment: Row) -> None:
    payment_shape = show_payment(payment, with_card=True) | _describe_transfer(payment)
    _record_event(transaction, name, {"payment": payment_shape, "dispute": show_dispute(dispute)})


def _describe_transfer(payment: Row) -> Shape:
    return {"base_amount": payment["amount"], "amount_transferred": 0}


def _record_event(
    transaction: Transaction, name: str, shapes: dict[str, Shape], *, sort_keys: bool = False
) -> None:
    configuration = transaction.configuration
    event = {
        "entity": "event",
        "account_id": configuration.account_id,
        "event": name,
        "contains": list(shapes),
        "payload": {subject: {"entity": shape} for subject, shape in shapes.items()},
        "created_at": transaction.now,
    }
    body = encode_event(event, sort_keys=sort_keys)
    dispatch = plan_dispatch(transaction.faults.take_all(WEBHOOK_KINDS, name))
    identifier = create_suffix()
    transaction.insert(
        "events",
        id=identifier,
        name=name,
        body=body,
        # Signed now: after a change of the secret, retries of old events still carry the old signature.
        signature=sign_webhook(dispatch.secret or configuration.webhook_secrets[0], body),
        created_at=transaction.now,
    )
    send_event(transaction, identifier, dispatch)


def send_event(transaction: Transaction, event_id: str, dispatch: Dispatch) -> None:
    """Write the event's deliveries; a dropped one is written too, as given up."""
    due_at = transaction.moment + dispatch.wait
    status = "given_up" if dispatch.is_dropped else "pending"
    for url in transaction.configuration.webhook_urls:
        for _ in range(dispatch.copies):
            transaction.insert("deliveries", event_id=event_id, url=url, due_at=due_at, status=status)
    transaction.has_events = True


def encode_event(event: dict[str, Any], *, sort_keys: bool = False) -> bytes:
    return json.dumps(event, separators=(",", ":"), ensure_ascii=False, sort_keys=sort_keys).encode()
