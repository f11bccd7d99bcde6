"""The shop's processes and servers, each started as it is in production, killed and started again."""

import os
import random
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 120


@dataclass
class Component:
    """One command in a process group of its own. `port` tells when it is ready, where it has one."""

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    port: int | None = None
    # Some processes have children that do the work, and a parent that is to replace them.
    kills_children: bool = False
    # Seconds that a process without a port takes until it works.
    warm_up: float = 0.0
    kills: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    started_at: float = 0.0

    def start(self) -> None:
        self.started_at = time.monotonic()
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        if not self.is_running():
            self.start()
        time.sleep(max(0.0, self.started_at + self.warm_up - time.monotonic()))
        ends_at = time.monotonic() + READY_SECONDS
        while self.port is not None and not is_open(self.port):
            if not self.is_running():
                # Its last life's port may not be free yet: whatever watches processes tries again.
                time.sleep(0.5)
                self.start()
            assert time.monotonic() < ends_at, f"{self.name} does not start: {self.read_log()}"
            time.sleep(0.05)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """kill -9, of one child or of the whole group; what ended is started again."""
        self.kills += 1
        children = find_children(self.process.pid) if self.kills_children else []
        if children and random.random() < 0.7:
            with suppress(ProcessLookupError):
                os.kill(random.choice(children), signal.SIGKILL)
            return
        self.end(signal.SIGKILL)
        self.start()

    def end(self, number: int = signal.SIGTERM) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def read_log(self) -> str:
        return (self.folder / f"{self.name}.log").read_text(errors="replace")[-3000:]


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def find_children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def find_missing_programs() -> list[str]:
    """Servers that are not installed here."""
    needed = ("mariadbd", "mariadb-install-db", "redis-server")
    return [name for name in needed if not find_program(name)]


def find_program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
