"""What happens because time passes: unanswered payments fail, uncaptured money goes back, refunds settle."""

import threading

from simulators.razorpay import failures
from simulators.razorpay.payments import fail_payment
from simulators.razorpay.refunds import make_refund, settle_refund
from simulators.razorpay.store import Store, Transaction

UNANSWERED_SECONDS = 600
ROUND_SECONDS = 0.5

UNANSWERED = "SELECT id FROM payments WHERE status = 'created' AND created_at < ?"
UNCAPTURED = (
    "SELECT payments.* FROM payments JOIN orders ON orders.id = payments.order_id"
    " WHERE payments.status = 'authorized' AND payments.created_at + orders.manual_expiry_minutes * 60 < ?"
)
UNSETTLED = (
    "SELECT refunds.id, failing_refunds.refund_id AS fails FROM refunds"
    " LEFT JOIN failing_refunds ON failing_refunds.refund_id = refunds.id"
    " WHERE refunds.status = 'pending' AND refunds.due_at <= ?"
)


class Timekeeper:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._stopped = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._keep, name="timekeeper", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def _keep(self) -> None:
        while not self._stopped.wait(ROUND_SECONDS):
            with self._store.read() as transaction:
                is_due = has_overdue(transaction)
            if is_due:
                with self._store.write() as transaction:
                    settle_overdue(transaction)


def has_overdue(transaction: Transaction) -> bool:
    now = transaction.now
    return any(
        transaction.find(f"{statement} LIMIT 1", moment)
        for statement, moment in (
            (UNANSWERED, now - UNANSWERED_SECONDS),
            (UNCAPTURED, now),
            (UNSETTLED, transaction.moment),
        )
    )


def settle_overdue(transaction: Transaction) -> None:
    for payment in transaction.find_all(UNANSWERED, transaction.now - UNANSWERED_SECONDS):
        fail_payment(transaction, payment["id"], failures.TIMED_OUT)
    for payment in transaction.find_all(UNCAPTURED, transaction.now):
        make_refund(transaction, payment, payment["amount"])
    for refund in transaction.find_all(UNSETTLED, transaction.moment):
        settle_refund(transaction, refund["id"], succeeds=refund["fails"] is None)
