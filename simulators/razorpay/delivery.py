"""Takes events to the shop: what is due in the database is sent, for a day if need be, until accepted."""

import http.client
import queue
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from simulators.razorpay.clock import Clock
from simulators.razorpay.journal import write_line
from simulators.razorpay.store import Row, Store

ANSWER_SECONDS = 5
COURIERS = 8
# How long the dispatcher sleeps at most, in seconds: the clock may be moved while it does.
LONGEST_SLEEP = 0.5

# Seconds after the first delivery at which the following ones are due, as measured at Razorpay.
LADDER = (0.2, 7, 19, 40, 82, 164, 326, 650, 1293, 2577, 5140, 10267, 20508, 40989, 81953)
# Only these, and only when the shop fails rather than refuses, are tried again on the first rung.
QUICK_EVENTS = ("payment.authorized", "payment.captured", "order.paid")

DUE = (
    "SELECT deliveries.*, events.name, events.body, events.signature"
    " FROM deliveries JOIN events ON events.id = deliveries.event_id"
    " WHERE deliveries.status = 'pending' AND deliveries.due_at <= ?"
    " ORDER BY deliveries.due_at, deliveries.id LIMIT 200"
)


@dataclass(frozen=True)
class Outcome:
    """`status` is None when no answer came at all."""

    status: int | None
    text: str

    @property
    def is_accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_refused(self) -> bool:
        return self.status is not None and 400 <= self.status < 500


class Dispatcher:
    """One thread finds what is due, a few couriers carry it; the database alone remembers."""

    def __init__(self, store: Store, clock: Clock, retry_factor: float) -> None:
        self._store = store
        self._clock = clock
        self._retry_factor = retry_factor
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._carried: set[int] = set()
        self._parcels: queue.SimpleQueue[Row] = queue.SimpleQueue()

    def start(self) -> None:
        threading.Thread(target=self._dispatch, name="dispatcher", daemon=True).start()
        for _ in range(COURIERS):
            threading.Thread(target=self._carry, name="courier", daemon=True).start()

    def wake(self) -> None:
        self._wake.set()

    def stop(self) -> None:
        self._stopped.set()
        self.wake()

    def _dispatch(self) -> None:
        while not self._stopped.is_set():
            self._wake.clear()
            self._hand_out()
            self._wake.wait(self._choose_sleep())

    def _hand_out(self) -> None:
        # Taken before the look into the database: what a courier finishes in between must not be sent again.
        carried = set(self._carried)
        with self._store.read() as transaction:
            due = transaction.find_all(DUE, self._clock.read())
        for parcel in due:
            if parcel["id"] not in carried:
                self._carried.add(parcel["id"])
                self._parcels.put(parcel)

    def _choose_sleep(self) -> float:
        with self._store.read() as transaction:
            pending = transaction.find_all(
                "SELECT id, due_at FROM deliveries WHERE status = 'pending' ORDER BY due_at LIMIT 200"
            )
        waiting = [parcel["due_at"] for parcel in pending if parcel["id"] not in self._carried]
        soonest = min(waiting, default=float("inf")) - self._clock.read()
        return max(0.0, min(soonest, LONGEST_SLEEP))

    def _carry(self) -> None:
        while not self._stopped.is_set():
            parcel = self._parcels.get()
            outcome = send_parcel(parcel)
            self._record(parcel, outcome)
            self._carried.discard(parcel["id"])
            self.wake()

    def _record(self, parcel: Row, outcome: Outcome) -> None:
        attempts = parcel["attempts"] + 1
        write_line(f"webhook {parcel['name']} {parcel['url']} attempt {attempts}: {outcome.text}")
        with self._store.write() as transaction:
            transaction.update(
                "deliveries",
                parcel["id"],
                attempts=attempts,
                last_answer=outcome.text,
                **plan_next(parcel, outcome, self._clock.read(), self._retry_factor),
            )


def plan_next(parcel: Row, outcome: Outcome, now: float, retry_factor: float) -> dict[str, object]:
    """What becomes of a delivery after this answer; `now` is in unix seconds."""
    if outcome.is_accepted:
        return {"status": "delivered"}
    rung = parcel["rung"]
    if rung == 0 and (outcome.is_refused or parcel["name"] not in QUICK_EVENTS):
        rung = 1
    if rung == len(LADDER):
        return {"status": "given_up"}
    wait = LADDER[rung] - parcel["ladder_seconds"]
    return {"rung": rung + 1, "ladder_seconds": LADDER[rung], "due_at": now + wait / retry_factor}


def send_parcel(parcel: Row) -> Outcome:
    try:
        status = _post(parcel)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Outcome(None, f"no answer ({error or type(error).__name__})")
    return Outcome(status, str(status))


def _post(parcel: Row) -> int:
    # Without a redirect being followed or a proxy being asked: neither is Razorpay's way.
    address = urlsplit(parcel["url"])
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=ANSWER_SECONDS)
    target = (address.path or "/") + (f"?{address.query}" if address.query else "")
    try:
        connection.request("POST", target, parcel["body"], list_headers(parcel))
        return connection.getresponse().status
    finally:
        connection.close()


def list_headers(parcel: Row) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "User-Agent": "Razorpay-Webhook/v1",
        "Accept-Encoding": "gzip",
        "Request-Id": parcel["event_id"],
        "X-Razorpay-Event-Id": parcel["event_id"],
        "X-Razorpay-Signature": parcel["signature"],
    }
