"""Disputes: a customer's bank asks for the money back."""

from simulators.razorpay import errors, webhooks
from simulators.razorpay.errors import reject
from simulators.razorpay.exchange import Request
from simulators.razorpay.identifiers import create_identifier, require_identifier
from simulators.razorpay.pagination import list_page
from simulators.razorpay.payments import find_payment
from simulators.razorpay.shapes import Shape, show_collection, show_dispute
from simulators.razorpay.store import Row, Transaction

ANSWERABLE_SECONDS = 4 * 24 * 3600
REASON_CODE = "goods_or_services_not_received_or_partially_received"


def open_dispute(transaction: Transaction, payment_id: str) -> Row:
    """Over the whole of a captured payment."""
    payment = find_payment(transaction, payment_id)
    if not payment["captured"]:
        raise reject(errors.NOT_CAPTURED)
    identifier = create_identifier("disp")
    transaction.insert(
        "disputes",
        id=identifier,
        payment_id=payment["id"],
        amount=payment["amount"],
        currency=payment["currency"],
        reason_code=REASON_CODE,
        status="open",
        phase="chargeback",
        respond_by=transaction.now + ANSWERABLE_SECONDS,
        created_at=transaction.now,
    )
    dispute = find_dispute(transaction, identifier)
    webhooks.announce_dispute(transaction, "payment.dispute.created", dispute, payment)
    return dispute


def find_dispute(transaction: Transaction, dispute_id: str) -> Row:
    require_identifier("disp", dispute_id)
    dispute = transaction.find("SELECT * FROM disputes WHERE id = ?", dispute_id)
    if dispute is None:
        raise reject(errors.UNKNOWN_ID)
    return dispute


def fetch_dispute(transaction: Transaction, request: Request, dispute_id: str) -> Shape:
    return show_dispute(find_dispute(transaction, dispute_id))


def list_disputes(transaction: Transaction, request: Request) -> Shape:
    disputes = list_page(transaction, request, "disputes")
    return show_collection([show_dispute(dispute) for dispute in disputes])
