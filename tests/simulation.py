"""The Razorpay simulator as a process of its own, and a shopper at its payment window."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parents[1]
KEY_ID = "rzp_test_haatsimulator"
KEY_SECRET = "haat-simulator-key-secret"
CARD = {
    "method": "card",
    "number": "4111 1111 1111 1111",
    "expiry": "12/49",
    "cvv": "123",
    "name": "Asha Rao",
}
UPI = {"method": "upi", "vpa": "success@razorpay"}
FAILING_UPI = {"method": "upi", "vpa": "failure@razorpay"}
BANK = {"method": "netbanking", "bank": "HDFC"}


class Simulator:
    """Does what the payment window's page does, and asks the API what came of it."""

    def __init__(self, url: str, control_url: str = "") -> None:
        self.url = url
        self.control_url = control_url
        self.session = requests.Session()

    def pay(self, razorpay_order_id: str, instrument: dict[str, str] = UPI) -> dict[str, Any]:
        """Pay with an instrument and a willing bank. `response` is what the page's handler receives."""
        body = {"key_id": KEY_ID, "order_id": razorpay_order_id, "instrument": instrument}
        progress = self.post("/checkout/payments", body)
        if progress["next"] in ("otp", "bank"):
            answer = {"key_id": KEY_ID, "otp": "123456", "outcome": "success"}
            progress = self.post(f"/checkout/payments/{progress['payment_id']}/answer", answer)
        return progress

    def create_order(self, paise: int, **fields: Any) -> str:
        """An order made behind the shop's back."""
        return self.post("/orders", {"amount": paise, "currency": "INR", **fields})["id"]

    def fetch(self, path: str) -> Any:
        return self.read(self.session.get(f"{self.url}/v1{path}", auth=(KEY_ID, KEY_SECRET), timeout=10))

    def post(self, path: str, body: dict[str, Any]) -> Any:
        address = f"{self.url}/v1{path}"
        return self.read(self.session.post(address, json=body, auth=(KEY_ID, KEY_SECRET), timeout=10))

    def control(self, path: str, body: dict[str, Any] | None = None, *, method: str = "POST") -> Any:
        """An order to the control port, see docs/simulator.md."""
        return self.read(self.session.request(method, self.control_url + path, json=body, timeout=10))

    def fault(self, kind: str, **fields: Any) -> Any:
        return self.control("/faults", {"kind": kind, **fields})

    @staticmethod
    def read(response: requests.Response) -> Any:
        assert response.status_code == 200, response.text
        return response.json()


@contextmanager
def run_simulator(folder: Path, **variables: str) -> Iterator[Simulator]:
    """Start the process on a free port with its data in `folder`, and end it."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(folder),
        "SIMULATOR_PORT": "0",
        "SIMULATOR_WEBHOOK_URLS": "",
        **variables,
    }
    journal = folder / "journal"
    with journal.open("w") as output:
        command = [sys.executable, "-m", "simulators.razorpay"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        yield Simulator(*wait_for_urls(journal, process))
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_for_urls(journal: Path, process: subprocess.Popen) -> list[str]:
    """The two addresses that begin the journal: "… Razorpay simulator on http://127.0.0.1:40123 (…)"."""
    ends_at = time.monotonic() + 20
    while len(found := re.findall(r"on (http://[\d.:]+)\b.*\n", journal.read_text())) < 2:
        assert process.poll() is None, journal.read_text()
        assert time.monotonic() < ends_at, "the simulator does not start"
        time.sleep(0.02)
    return found[:2]
