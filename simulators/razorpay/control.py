"""What the control port answers: faults to come, payments behind the browser's back, disputes, time, replays."""

import random
import traceback
from dataclasses import dataclass, field
from typing import Any

from simulators.razorpay import stories
from simulators.razorpay.clock import Clock
from simulators.razorpay.disputes import PHASES, STEPS, move_dispute, open_dispute
from simulators.razorpay.errors import ApiError, refuse_url, reject, report_fault
from simulators.razorpay.exchange import Answer, Request, answer_error, answer_json
from simulators.razorpay.faults import FaultPlan
from simulators.razorpay.payments import authorize_payment, find_payment
from simulators.razorpay.refunds import find_refund, settle_refund
from simulators.razorpay.shapes import Shape, show_dispute, show_payment, show_refund
from simulators.razorpay.store import Store, Transaction
from simulators.razorpay.webhook_faults import Dispatch
from simulators.razorpay.webhooks import send_event

Body = dict[str, Any]
LONGEST_ADVANCE = 400 * 24 * 3600.0


@dataclass
class Control:
    store: Store
    clock: Clock
    faults: FaultPlan
    # Chance, not secrets; a seed in the request makes a shuffle repeatable.
    chance: random.Random = field(default_factory=random.Random)

    def answer(self, request: Request) -> Answer:
        try:
            return answer_json(self._act(request.method, request.path.strip("/").split("/"), request))
        except ApiError as error:
            return answer_error(error)
        except Exception:
            traceback.print_exc()
            return answer_error(report_fault())

    def _act(self, method: str, path: list[str], request: Request) -> Any:
        body = request.read_json()
        match method, *path:
            case "GET", "faults":
                return {"faults": [fault.show() for fault in self.faults.list_all()]}
            case "POST", "faults":
                return self.faults.add(body).show()
            case "DELETE", "faults":
                self.faults.clear()
                return {"faults": []}
            case "POST", "clock":
                return self._advance(body)
            case "GET", "events":
                return self._list_events()
        if method == "POST":
            with self.store.write() as transaction:
                return self._change(transaction, path, body)
        raise refuse_url()

    def _change(self, transaction: Transaction, path: list[str], body: Body) -> Any:
        match path:
            case ["payments"]:
                return stories.tell(transaction, body)
            case ["payments", payment_id, "authorize"]:
                payment = authorize_payment(transaction, find_payment(transaction, payment_id)["id"])
                return show_payment(payment)
            case ["payments", payment_id, "dispute"]:
                return _dispute(transaction, payment_id, body)
            case ["disputes", dispute_id]:
                step = _choose(body, "step", STEPS)
                return show_dispute(move_dispute(transaction, dispute_id, step))
            case ["refunds", refund_id, "settle"]:
                outcome = _choose(body, "outcome", ("processed", "failed"))
                settle_refund(transaction, refund_id, succeeds=outcome == "processed")
                return show_refund(find_refund(transaction, refund_id))
            case ["events", "replay"]:
                return self._replay(transaction, body)
        raise refuse_url()

    def _advance(self, body: Body) -> Body:
        seconds = body.get("seconds")
        if type(seconds) not in (int, float) or not 0 <= seconds <= LONGEST_ADVANCE:
            raise reject("The seconds must be a number of at least 0.", "seconds")
        self.clock.advance(seconds)
        return {"now": int(self.clock.read())}

    def _list_events(self) -> Body:
        with self.store.read() as transaction:
            return {
                "events": transaction.find_all(
                    "SELECT events.id, events.name, count(deliveries.id) AS deliveries,"
                    " coalesce(sum(deliveries.status = 'delivered'), 0) AS delivered,"
                    " coalesce(sum(deliveries.status = 'given_up'), 0) AS given_up"
                    " FROM events LEFT JOIN deliveries ON deliveries.event_id = events.id"
                    " GROUP BY events.id ORDER BY events.sequence"
                )
            }

    def _replay(self, transaction: Transaction, body: Body) -> Body:
        """Every event so far leaves again, `copies` times, in any order where `shuffled` (`seed` repeats it)."""
        copies = body.get("copies", 1)
        if type(copies) is not int or not 1 <= copies <= 100:
            raise reject("The copies must be between 1 and 100.", "copies")
        rows = transaction.find_all("SELECT id FROM events ORDER BY sequence")
        parcels = [row["id"] for row in rows] * copies
        if body.get("shuffled"):
            chance = random.Random(body["seed"]) if "seed" in body else self.chance  # noqa: S311
            chance.shuffle(parcels)
        for event_id in parcels:
            send_event(transaction, event_id, Dispatch())
        return {"deliveries": len(parcels) * len(transaction.configuration.webhook_urls)}


def _dispute(transaction: Transaction, payment_id: str, body: Body) -> Shape:
    phase = _choose({"phase": "chargeback"} | body, "phase", PHASES)
    amount = body.get("amount")
    if amount is not None and (type(amount) is not int or amount < 1):
        raise reject("The amount must be in whole paise.", "amount")
    payment = find_payment(transaction, payment_id)
    return show_dispute(open_dispute(transaction, payment["id"], amount=amount, phase=phase))


def _choose(body: Body, name: str, choices: Any) -> str:
    if body.get(name) not in tuple(choices):
        raise reject(f"The {name} must be one of {', '.join(choices)}.", name)
    return body[name]
