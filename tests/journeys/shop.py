"""The whole shop as its operator starts it: real processes, a real broker, a real simulator."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 240
STOP_SECONDS = 30
STARTED = b"Haat is starting at"


class RunningShop:
    """`scripts/run.py` (what `make run` calls) on ports and data of its own."""

    def __init__(self, data_dir: Path, *, products: int) -> None:
        self.data_dir = data_dir
        self.port, simulator_port, control_port = find_free_ports(3)
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data_dir / "shop.log"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "settings.development",
            "PORT": str(self.port),
            "SIMULATOR_PORT": str(simulator_port),
            "SIMULATOR_CONTROL_PORT": str(control_port),
            "DATA_DIR": str(data_dir),
            "DEMO_PRODUCTS": str(products),
        }
        if os.environ.get("DATABASE_URL"):
            self.environment["DATABASE_URL"] = make_database(os.environ["DATABASE_URL"])
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        said_before = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            command = [sys.executable, str(ROOT / "scripts" / "run.py")]
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        ends_at = time.monotonic() + START_SECONDS
        # Its own word first: an earlier run may still be answering.
        while not (STARTED in self.log.read_bytes()[said_before:] and self.is_ready()):
            if self.process.poll() is not None or time.monotonic() > ends_at:
                raise RuntimeError(f"The shop did not start:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.3)

    def is_ready(self) -> bool:
        try:
            return self.get("/health/ready/")["status"] == "ok"
        except (OSError, ValueError):
            return False

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(STOP_SECONDS)

    def kill(self) -> None:
        """What a crash of the machine does: everything ends at once, nothing is told."""
        self.process.kill()
        self.process.wait(STOP_SECONDS)
        while pids := self.find_processes():
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def find_processes(self) -> list[int]:
        """Every process of this run, found by the mark that the run leaves in their environment."""
        mark = f"HAAT_RUN={self.data_dir.resolve()}".encode()
        found = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in path.read_bytes().split(b"\0"):
                    found.append(int(path.parent.name))
            except OSError:
                continue  # ended while we looked
        return found

    def get(self, path: str):
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return json.load(answer)

    def manage(self, *arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=300
        )


def find_free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for item in sockets:
        item.bind(("127.0.0.1", 0))
    ports = [item.getsockname()[1] for item in sockets]
    for item in sockets:
        item.close()
    return ports


def make_database(url: str) -> str:
    """An empty database beside the one that the environment names."""
    import MySQLdb  # only where the suite runs on MariaDB

    parts = urlsplit(url)
    name = f"{parts.path.lstrip('/')}_journeys"
    connection = MySQLdb.connect(
        host=parts.hostname, port=parts.port or 3306, user=parts.username, password=parts.password or ""
    )
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS `{name}`")
        cursor.execute(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci")
    connection.close()
    return urlunsplit(parts._replace(path=f"/{name}"))
