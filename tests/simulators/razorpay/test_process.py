"""The simulator as it is really started: a process of its own, which may be killed."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.simulators.razorpay.stage import CARD, FAILING_UPI, Shop, Stage, wait_until

ROOT = Path(__file__).resolve().parents[3]


def start(folder: Path, **environ: str) -> subprocess.Popen[str]:
    settings = {"SIMULATOR_PORT": "0", "DATA_DIR": str(folder), "SIMULATOR_WEBHOOK_URLS": "", **environ}
    return subprocess.Popen(
        [sys.executable, "-m", "simulators.razorpay"],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def running(folder: Path, **environ: str) -> Iterator[tuple[subprocess.Popen[str], Stage]]:
    process = start(folder, **environ)
    try:
        first_line = process.stdout.readline()
        yield process, Stage(re.search(r"http://\S+", first_line)[0])
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_the_process_cleanly_and_at_once(tmp_path: Path, number: int) -> None:
    with running(tmp_path) as (process, stage):
        stage.order()
        started = time.monotonic()
        process.send_signal(number)
        assert process.wait(5) == 0
        assert time.monotonic() - started < 2
        assert process.stderr.read() == ""
        control, request = process.stdout.read().splitlines()
        assert re.fullmatch(r"\S+ Fault control on http://127.0.0.1:\d+", control)
        assert re.fullmatch(r"\d\d:\d\d:\d\d POST /v1/orders 200 \d+ ms", request)


def test_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        output, complaint = (process := start(tmp_path, SIMULATOR_PORT=str(port))).communicate(timeout=10)

    assert (process.returncode, output) == (1, "")
    assert complaint == (f"The Razorpay simulator cannot start: port {port} on 127.0.0.1 is already taken.\n")


def test_taken_control_port_is_said_where_it_was_chosen(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start(tmp_path, SIMULATOR_CONTROL_PORT=str(port))
        output, complaint = process.communicate(timeout=10)

    assert (process.returncode, output) == (1, "")
    assert complaint == f"The Razorpay simulator cannot start: port {port} on 127.0.0.1 is already taken.\n"


def test_payments_work_where_the_next_port_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1] - 1
        with running(tmp_path, SIMULATOR_PORT=str(port)) as (process, stage):
            assert process.stdout.readline().endswith("No fault control: the next port is taken\n")
            assert stage.order()["status"] == "created"


def test_nonsense_in_the_environment_is_said_in_one_sentence(tmp_path: Path) -> None:
    process = start(tmp_path, SIMULATOR_PORT="x")

    assert process.communicate(timeout=10) == (
        "",
        "SIMULATOR_PORT must be a port between 0 and 65535, not 'x'.\n",
    )
    assert process.returncode == 1


def test_killed_process_loses_nothing(tmp_path: Path, shop: Shop) -> None:
    shop.statuses = [500]
    environ = {"SIMULATOR_WEBHOOK_URLS": shop.url, "SIMULATOR_RETRY_FACTOR": "7"}
    with running(tmp_path, **environ) as (process, stage):
        order = stage.order()
        failed = stage.pay(order, FAILING_UPI)
        waiting = stage.start(order, CARD)
        shop.wait_for(1)
        process.send_signal(signal.SIGKILL)
        process.wait(5)

    with running(tmp_path, **environ) as (_, stage):
        assert stage.get(f"/payments/{failed['id']}") == failed
        assert stage.answer(waiting, otp="1234")["next"] == "done"
        first, *others = shop.wait_for(5)
        assert stage.get(f"/orders/{order['id']}")["status"] == "paid"

    again = next(delivery for delivery in others if delivery.name == "payment.failed")
    assert (again.body, again.headers) == (first.body, first.headers)
    assert sorted(delivery.name for delivery in others) == [
        "order.paid",
        "payment.authorized",
        "payment.captured",
        "payment.failed",
    ]


def test_refund_key_survives_a_kill(tmp_path: Path) -> None:
    headers = {"X-Refund-Idempotency": "store-refund-1"}
    with running(tmp_path) as (_, stage):
        path = f"/payments/{stage.captured()['id']}/refund"
        refund = stage.post(path, {"amount": 500}, headers=headers)

    with running(tmp_path) as (_, stage):
        assert stage.post(path, {"amount": 500}, headers=headers) == refund


def test_state_lives_in_the_data_directory_alone(tmp_path: Path) -> None:
    with running(tmp_path):
        wait_until(lambda: (tmp_path / "simulator" / "razorpay.sqlite3").exists())

    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert {name.removesuffix("-wal").removesuffix("-shm") for name in names} == {
        "simulator/razorpay.sqlite3"
    }


def test_connection_is_kept_for_the_next_request(tmp_path: Path) -> None:
    with running(tmp_path) as (_, stage):
        connection = http.client.HTTPConnection(stage.url.removeprefix("http://"), timeout=5)
        ports = []
        for path in ("/health", "/nothing", "/health"):
            connection.request("GET", path)
            connection.getresponse().read()
            ports.append(connection.sock.getsockname()[1])

    assert len(set(ports)) == 1
