"""A simulator on a free port, and a shop that listens to its webhooks."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import requests

from simulators.razorpay.configuration import Configuration
from simulators.razorpay.server import ControlServer, Server
from simulators.razorpay.simulator import Simulator

KEY_ID = "rzp_test_haatsimulator"
KEY_SECRET = "haat-simulator-key-secret"
WEBHOOK_SECRET = "haat-simulator-webhook-secret"
CARD = {"method": "card", "number": "4111 1111 1111 1111", "expiry": "12/49", "cvv": "123", "name": "Asha"}
UPI = {"method": "upi", "vpa": "success@razorpay"}
FAILING_UPI = {"method": "upi", "vpa": "failure@razorpay"}
BANK = {"method": "netbanking", "bank": "HDFC"}
CUSTOMER = {"email": "asha@example.com", "contact": "+919000090000", "description": "Order SO-1042"}


class Stage:
    """Speaks HTTP to one simulator."""

    def __init__(self, url: str, simulator: Simulator | None = None) -> None:
        self.url = url
        self.simulator = simulator
        self.session = requests.Session()
        self.session.auth = (KEY_ID, KEY_SECRET)
        self.control_url = ""

    def control(self, path: str, body: Any = None, *, method: str = "POST") -> Any:
        """An order to the control port."""
        return self._read(requests.request(method, self.control_url + path, json=body, timeout=10))

    def fault(self, kind: str, **fields: Any) -> Any:
        return self.control("/faults", {"kind": kind, **fields})

    def send(self, method: str, path: str, body: Any = None, **options: Any) -> requests.Response:
        return self.session.request(method, f"{self.url}/v1{path}", json=body, timeout=10, **options)

    def get(self, path: str, **parameters: Any) -> Any:
        return self._read(self.send("GET", path, params=parameters))

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        return self._read(self.send("POST", path, body, **options))

    def patch(self, path: str, body: Any) -> Any:
        return self._read(self.send("PATCH", path, body))

    def refuse(self, method: str, path: str, body: Any = None, **options: Any) -> tuple[int, dict[str, Any]]:
        """The status and the error of an answer that is none of success."""
        response = self.send(method, path, body, **options)
        assert list(response.json()) == ["error"]
        return response.status_code, response.json()["error"]

    def order(self, amount: int = 129900, **fields: Any) -> Any:
        return self.post("/orders", {"amount": amount, "currency": "INR", **fields})

    def start(self, order: dict[str, Any], instrument: dict[str, str]) -> Any:
        body = {"key_id": KEY_ID, "order_id": order["id"], "instrument": instrument, "customer": CUSTOMER}
        return self.post("/checkout/payments", body)

    def answer(self, progress: dict[str, Any], **form: str) -> Any:
        return self.post(f"/checkout/payments/{progress['payment_id']}/answer", {"key_id": KEY_ID, **form})

    def pay(self, order: dict[str, Any], instrument: dict[str, str] = UPI) -> Any:
        """The payment that an instrument leaves, answered as a willing customer and bank do."""
        progress = self.start(order, instrument)
        if progress["next"] in ("otp", "bank"):
            progress = self.answer(progress, otp="123456", outcome="success")
        return self.get(f"/payments/{progress['payment_id']}")

    def authorized(self, amount: int = 129900) -> Any:
        """A payment that waits to be captured."""
        return self.pay(self.order(amount, payment={"capture": "manual"}))

    def captured(self, amount: int = 129900) -> Any:
        return self.pay(self.order(amount))

    @staticmethod
    def _read(response: requests.Response) -> Any:
        assert response.status_code == 200, response.text
        return response.json()


@dataclass
class Delivery:
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> Any:
        return json.loads(self.body)

    @property
    def name(self) -> str:
        return self.event["event"]


@dataclass
class Shop:
    """Answers each delivery with the next of `statuses`, and with 200 when they are used up."""

    url: str
    statuses: list[int] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)

    def wait_for(self, count: int) -> list[Delivery]:
        wait_until(lambda: len(self.deliveries) >= count)
        return self.deliveries

    def find(self, name: str) -> Delivery:
        wait_until(lambda: any(delivery.name == name for delivery in self.deliveries))
        return next(delivery for delivery in self.deliveries if delivery.name == name)


def wait_until(condition: Callable[[], Any], seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.01)


@contextmanager
def serve(server: ThreadingHTTPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def open_shop() -> Iterator[Shop]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            shop.deliveries.append(Delivery(dict(self.headers), body))
            self.send_response(shop.statuses.pop(0) if shop.statuses else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    shop = Shop(f"http://127.0.0.1:{server.server_port}/payments/webhook/")
    with serve(server):
        yield shop


@contextmanager
def open_stage(folder: Path, **settings: Any) -> Iterator[Stage]:
    configuration = replace(
        Configuration(database=folder / "simulator" / "razorpay.sqlite3", port=0, webhook_urls=()), **settings
    )
    simulator = Simulator(configuration)
    server = Server(simulator)
    control = ControlServer(simulator, simulator_port=server.server_port)
    simulator.start()
    with serve(server), serve(control):
        stage = Stage(server.url, simulator)
        stage.control_url = control.url
        yield stage
    simulator.stop()
