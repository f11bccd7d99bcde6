"""The parts put together: one request in, one transaction, one answer out; deliveries and time beside it."""

import base64
import hmac
import traceback
from contextlib import AbstractContextManager

from simulators.razorpay.answer_faults import spoil
from simulators.razorpay.clock import Clock
from simulators.razorpay.configuration import Configuration
from simulators.razorpay.control import Control
from simulators.razorpay.delivery import Dispatcher
from simulators.razorpay.errors import ApiError, refuse_key, report_fault
from simulators.razorpay.exchange import Answer, Request, answer_error, answer_json
from simulators.razorpay.faults import ANSWER_KINDS, Fault, FaultPlan
from simulators.razorpay.idempotency import HEADER, KeysInFlight
from simulators.razorpay.routes import find_route
from simulators.razorpay.store import Store, Transaction
from simulators.razorpay.timekeeping import Timekeeper


class Simulator:
    def __init__(self, configuration: Configuration) -> None:
        self.configuration = configuration
        self.clock = Clock()
        self.faults = FaultPlan()
        self.store = Store(configuration, self.clock, self.faults)
        self.keys_in_flight = KeysInFlight()
        self.dispatcher = Dispatcher(self.store, self.clock, configuration.retry_factor)
        self.timekeeper = Timekeeper(self.store)
        self.store.on_events = self.dispatcher.wake
        self.control = Control(self.store, self.clock, self.faults)

    def start(self) -> None:
        self.dispatcher.start()
        self.timekeeper.start()

    def stop(self) -> None:
        self.dispatcher.stop()
        self.timekeeper.stop()

    def answer(self, request: Request) -> Answer:
        fault = None if is_customers(request.path) else self._take_fault(request)
        if fault is None:
            return self._answer_well(request)
        return spoil(fault, self._answer_well(request) if fault.options["after_commit"] else None)

    def _take_fault(self, request: Request) -> Fault | None:
        return self.faults.take_one(ANSWER_KINDS, f"{request.method} {request.path}")

    def _answer_well(self, request: Request) -> Answer:
        try:
            return self._handle(request)
        except ApiError as error:
            return answer_error(error)
        except Exception:
            traceback.print_exc()
            return answer_error(report_fault())

    def _handle(self, request: Request) -> Answer:
        route, parameters = find_route(request.method, request.path)
        if not route.is_public and not self._is_authorized(request):
            raise refuse_key()
        with self.keys_in_flight.hold(request.headers.get(HEADER)), self._open(request) as transaction:
            result = route.handler(transaction, request, **parameters)
        return result if isinstance(result, Answer) else answer_json(result)

    def _open(self, request: Request) -> AbstractContextManager[Transaction]:
        return self.store.read() if request.method == "GET" else self.store.write()

    def _is_authorized(self, request: Request) -> bool:
        # The scheme is compared to the letter, as Razorpay does.
        scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
        try:
            given = base64.b64decode(credentials, validate=True)
        except ValueError:
            return False
        expected = f"{self.configuration.key_id}:{self.configuration.key_secret}".encode()
        return scheme == "Basic" and hmac.compare_digest(given, expected)


def is_customers(path: str) -> bool:
    """The payment window's own calls, and the health check: faults strike what the shop asks for."""
    return not path.startswith("/v1/") or path.startswith("/v1/checkout")
