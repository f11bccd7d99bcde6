"""The processes of a race: web processes, a worker and a simulator on the database of the tests."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

from django.conf import settings
from django.db import connection

from tests.journeys.client import Answer, send
from tests.journeys.shop import find_free_ports
from tests.simulation import Simulator, run_simulator

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
WEB_PROCESSES = 8
START_SECONDS = 180
STOP_SECONDS = 10


class Web:
    """The shop over HTTP. `without` names the guard that is off for these requests (tests/races/guards.py)."""

    def __init__(self, url: str, simulator: Simulator) -> None:
        self.url = url
        self.simulator = simulator

    def post(self, path: str, body: dict[str, Any], *, without: str = "") -> Answer:
        headers = {"X-Guard-Off": without} if without else {}
        return send(self.url + path, body=body, headers=headers)

    def at_once(self, posts: Sequence[tuple[str, dict[str, Any]]], *, without: str = "") -> list[Answer]:
        """Post all of them at the same moment, each from a client of its own; answers in their order."""
        return run_all([lambda post=post: self.post(*post, without=without) for post in posts])


def run_all(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    barrier = Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(index: int) -> None:
        barrier.wait(60)
        results[index] = calls[index]()

    threads = [Thread(target=run, args=(index,)) for index in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def build_environment(folder: Path, *, port: int, simulator: Simulator) -> dict[str, str]:
    """Settings of development without its tools, on the database that these tests use."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "settings.development",
        "DEBUG": "0",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": name_database(),
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "RAZORPAY_API_URL": simulator.url,
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
    }


def name_database() -> str:
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{named['NAME']}"
    password = f":{named['PASSWORD']}" if named["PASSWORD"] else ""
    return f"mysql://{named['USER']}{password}@{named['HOST']}:{named['PORT'] or 3306}/{named['NAME']}"


@contextmanager
def run_web(folder: Path) -> Iterator[tuple[Web, dict[str, str]]]:
    """Eight web processes and a simulator whose webhooks go to them; with the environment they run in."""
    port = find_free_ports(1)[0]
    url = f"http://127.0.0.1:{port}"
    webhooks = {"SIMULATOR_WEBHOOK_URLS": f"{url}/payments/webhook/", "SIMULATOR_RETRY_FACTOR": "20"}
    with run_simulator(folder, **webhooks) as simulator:
        environment = build_environment(folder, port=port, simulator=simulator)
        command = [
            *(str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
            *("--workers", str(WEB_PROCESSES), "--blocking-threads", "2", "--no-ws"),
            "tests.races.application:application",
        ]
        with run_process(command, environment, folder / "web.log") as process:
            wait_for(f"{url}/health/live/", process, folder / "web.log")
            yield Web(url, simulator), environment


@contextmanager
def run_worker(environment: dict[str, str]) -> Iterator[None]:
    """A worker of the payments' queue."""
    command = [
        *(str(BIN / "celery"), "--quiet", "-A", "settings.celery", "worker", "--queues", "payments"),
        *("--pool", "threads", "--concurrency", "4", "--loglevel", "WARNING"),
    ]
    with run_process(command, environment, Path(environment["DATA_DIR"]) / "worker.log"):
        yield


@contextmanager
def run_process(
    command: list[str], environment: dict[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    ends_at = time.monotonic() + START_SECONDS
    while True:
        assert process.poll() is None, log.read_text()[-4000:]
        assert time.monotonic() < ends_at, log.read_text()[-4000:]
        try:
            with urllib.request.urlopen(url, timeout=10):
                return
        except OSError:
            time.sleep(0.2)
