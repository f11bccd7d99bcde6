"""Rows as the API shows them, field by field in Razorpay's order."""

import json
from typing import Any

from simulators.razorpay.store import Row

Shape = dict[str, Any]


def show_notes(row: Row) -> Any:
    """Empty notes are a list in Razorpay's answers, an object otherwise."""
    return json.loads(row["notes"]) or []


def show_collection(items: list[Shape]) -> Shape:
    return {"entity": "collection", "count": len(items), "items": items}


def show_order(order: Row) -> Shape:
    return {
        "id": order["id"],
        "entity": "order",
        "amount": order["amount"],
        "amount_paid": order["amount_paid"],
        "amount_due": order["amount"] - order["amount_paid"],
        "currency": order["currency"],
        "receipt": order["receipt"],
        "offer_id": None,
        "status": order["status"],
        "attempts": order["attempts"],
        "notes": show_notes(order),
        "created_at": order["created_at"],
    }


def show_payment(payment: Row, *, with_card: bool = False) -> Shape:
    card = json.loads(payment["card"]) if payment["card"] else None
    shape = {
        "id": payment["id"],
        "entity": "payment",
        "amount": payment["amount"],
        "currency": payment["currency"],
        "status": payment["status"],
        "order_id": payment["order_id"],
        "invoice_id": None,
        "international": bool(payment["international"]),
        "method": payment["method"],
        "amount_refunded": payment["amount_refunded"],
        "refund_status": name_refund_status(payment),
        "captured": bool(payment["captured"]),
        "description": payment["description"],
        "card_id": card["id"] if card else None,
        "bank": payment["bank"],
        "wallet": payment["wallet"],
        "vpa": payment["vpa"],
        "email": payment["email"],
        "contact": payment["contact"],
        "notes": show_notes(payment),
        "fee": payment["fee"],
        "tax": payment["tax"],
        "error_code": payment["error_code"],
        "error_description": payment["error_description"],
        "error_source": payment["error_source"],
        "error_step": payment["error_step"],
        "error_reason": payment["error_reason"],
        "acquirer_data": json.loads(payment["acquirer_data"]),
        "created_at": payment["created_at"],
    }
    if payment["upi"]:
        shape["upi"] = json.loads(payment["upi"])
    if card and with_card:
        shape["card"] = card
    return shape


def name_refund_status(payment: Row) -> str | None:
    if payment["amount_refunded"] == 0:
        return None
    return "full" if payment["amount_refunded"] == payment["amount"] else "partial"


def show_refund(refund: Row) -> Shape:
    return {
        "id": refund["id"],
        "entity": "refund",
        "amount": refund["amount"],
        "currency": refund["currency"],
        "payment_id": refund["payment_id"],
        "notes": show_notes(refund),
        "receipt": refund["receipt"],
        "acquirer_data": {"arn": refund["arn"]},
        "created_at": refund["created_at"],
        "batch_id": None,
        "status": refund["status"],
        "speed_processed": refund["speed_processed"],
        "speed_requested": refund["speed_requested"],
    }


EVIDENCE = (
    "summary",
    "shipping_proof",
    "billing_proof",
    "cancellation_proof",
    "customer_communication",
    "proof_of_service",
    "explanation_letter",
    "refund_confirmation",
    "access_activity_log",
    "refund_cancellation_policy",
    "term_and_conditions",
    "others",
    "submitted_at",
)


def show_dispute(dispute: Row) -> Shape:
    return {
        "id": dispute["id"],
        "entity": "dispute",
        "payment_id": dispute["payment_id"],
        "amount": dispute["amount"],
        "currency": dispute["currency"],
        "amount_deducted": dispute["amount"] if dispute["status"] == "lost" else 0,
        "reason_code": dispute["reason_code"],
        "respond_by": dispute["respond_by"],
        "status": dispute["status"],
        "evidence": {"amount": dispute["amount"], **dict.fromkeys(EVIDENCE)},
        "phase": dispute["phase"],
        "created_at": dispute["created_at"],
    }
