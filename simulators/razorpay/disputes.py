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
PHASES = ("fraud", "retrieval", "chargeback", "pre_arbitration", "arbitration")
# The last word of an event, and the status it brings.
STEPS = {
    "action_required": "open",
    "under_review": "under_review",
    "won": "won",
    "lost": "lost",
    "closed": "closed",
}
ENDED = ("won", "lost", "closed")
REASON_CODE = "goods_or_services_not_received_or_partially_received"


def open_dispute(
    transaction: Transaction, payment_id: str, *, amount: int | None = None, phase: str = "chargeback"
) -> Row:
    """Over `amount` paise of a captured payment, over the whole of it unless given."""
    payment = find_payment(transaction, payment_id)
    if not payment["captured"]:
        raise reject(errors.NOT_CAPTURED)
    identifier = create_identifier("disp")
    transaction.insert(
        "disputes",
        id=identifier,
        payment_id=payment["id"],
        amount=payment["amount"] if amount is None else amount,
        currency=payment["currency"],
        reason_code=REASON_CODE,
        status="open",
        phase=phase,
        respond_by=transaction.now + ANSWERABLE_SECONDS,
        created_at=transaction.now,
    )
    dispute = find_dispute(transaction, identifier)
    webhooks.announce_dispute(transaction, "payment.dispute.created", dispute, payment)
    return dispute


def move_dispute(transaction: Transaction, dispute_id: str, step: str) -> Row:
    """What the bank says next, one of `STEPS`; a dispute that has ended stays as it is."""
    dispute = find_dispute(transaction, dispute_id)
    if dispute["status"] in ENDED:
        raise reject("The dispute has ended.")
    transaction.update("disputes", dispute["id"], status=STEPS[step])
    moved = find_dispute(transaction, dispute_id)
    payment = find_payment(transaction, moved["payment_id"])
    webhooks.announce_dispute(transaction, f"payment.dispute.{step}", moved, payment)
    return moved


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
