"""Refunds made once: a key, kept in the database beside the refund it made, refused while in use."""

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from simulators.razorpay import errors
from simulators.razorpay.errors import conflict, reject
from simulators.razorpay.exchange import Request
from simulators.razorpay.store import Transaction

HEADER = "x-refund-idempotency"
SHORTEST_KEY = 10


class KeysInFlight:
    """The keys of requests that are being answered; they end with the process."""

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._lock = threading.Lock()

    @contextmanager
    def hold(self, key: str | None) -> Iterator[None]:
        """Raises ApiError (409) while another request holds the key."""
        if not key:
            yield
            return
        with self._lock:
            if key in self._keys:
                raise conflict(errors.KEY_IN_FLIGHT)
            self._keys.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._keys.discard(key)


def read_key(request: Request) -> str | None:
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if len(key) < SHORTEST_KEY:
        raise reject(errors.KEY_TOO_SHORT)
    if not re.fullmatch(r"[A-Za-z0-9_-]+", key):
        raise reject(errors.KEY_MALFORMED)
    return key


def find_earlier_refund(transaction: Transaction, request: Request, key: str | None) -> str | None:
    """The refund this key made before. Raises ApiError (409) when it was for another request."""
    row = transaction.find("SELECT * FROM refund_keys WHERE id = ?", key) if key else None
    if row is None:
        return None
    if row["fingerprint"] != _take_fingerprint(request):
        raise conflict(errors.KEY_REUSED)
    return row["refund_id"]


def keep_key(transaction: Transaction, request: Request, key: str | None, refund_id: str) -> None:
    if key:
        transaction.insert("refund_keys", id=key, fingerprint=_take_fingerprint(request), refund_id=refund_id)


def _take_fingerprint(request: Request) -> str:
    # The same fields in another order are the same request.
    body = json.dumps(request.read_json(), sort_keys=True)
    return hashlib.sha256(f"{request.method} {request.path} {body}".encode()).hexdigest()
