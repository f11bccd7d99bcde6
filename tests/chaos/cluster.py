"""A whole shop on servers of its own: MariaDB, Redis, web, worker, beat and the simulator, in a temporary folder."""

import os
import pwd
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.chaos.components import ROOT, Component, find_program
from tests.chaos.mail_sink import MailServer
from tests.journeys.client import Answer, send
from tests.journeys.shop import find_free_ports

PRODUCTS = 40
NAMES = ("mariadb", "redis", "simulator", "web", "worker", "beat")


class Cluster:
    """Every port and every file is its own: nothing of the machine is touched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        names = ("mariadb", "redis", "web", "simulator", "control", "mail")
        self.ports = dict(zip(names, find_free_ports(len(names)), strict=True))
        self.url = f"http://127.0.0.1:{self.ports['web']}"
        self.simulator_url = f"http://127.0.0.1:{self.ports['simulator']}"
        self.environment = self.build_environment()
        self.mail = MailServer(self.ports["mail"])
        self.components = {name: self.build_component(name) for name in NAMES}

    def build_environment(self) -> dict[str, str]:
        ports = {name: str(port) for name, port in self.ports.items()}
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
            "DJANGO_SETTINGS_MODULE": "settings.development",
            "DATA_DIR": str(self.folder / "data"),
            "DATABASE_URL": f"mysql://root@127.0.0.1:{ports['mariadb']}/haat",
            "REDIS_URL": f"redis://127.0.0.1:{ports['redis']}/0",
            "CELERY_BROKER_URL": "",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": ports["mail"],
            "PORT": ports["web"],
            "SIMULATOR_PORT": ports["simulator"],
            "SIMULATOR_CONTROL_PORT": ports["control"],
            "SIMULATOR_WEBHOOK_URLS": f"{self.url}/payments/webhook/",
            "SIMULATOR_RETRY_FACTOR": "20",
            # So short that orders expire, and are paid late, while all of this goes on.
            "ORDER_HOLD_MINUTES": "1",
            "ORDER_HOLD_EXTENSION_MINUTES": "1",
            "DEMO_PRODUCTS": str(PRODUCTS),
            "WORKER_POOL": "threads",
            "WORKERS": "4",
            "LOG_LEVEL": "WARNING",
            "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
            "PYTHONUNBUFFERED": "1",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }

    def build_component(self, name: str) -> Component:
        commands = {"mariadb": self.command_mariadb, "redis": self.command_redis}
        return Component(
            name=name,
            command=commands[name]() if name in commands else read_procfile()[name],
            environment=self.environment,
            folder=self.folder,
            port=self.ports.get(name),
            kills_children=name == "web",
            warm_up=5 if name in ("worker", "beat") else 0,
        )

    def command_mariadb(self) -> list[str]:
        return [
            *(find_program("mariadbd"), "--no-defaults", f"--datadir={self.folder / 'mariadb'}"),
            *("--bind-address=127.0.0.1", f"--port={self.ports['mariadb']}"),
            *(f"--socket={self.folder / 'mariadb.sock'}", f"--pid-file={self.folder / 'mariadb.pid'}"),
            *("--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci"),
            # A killed process loses nothing by it, only a power cut would; disks of test machines are slow.
            *("--innodb-flush-log-at-trx-commit=2", f"--user={name_user()}"),
        ]

    def command_redis(self) -> list[str]:
        """Without a file: a kill loses every message, and only the sweeps can make up for it."""
        return [
            *(find_program("redis-server"), "--bind", "127.0.0.1", "--port", str(self.ports["redis"])),
            *("--save", "", "--appendonly", "no", "--dir", str(self.folder)),
        ]

    def prepare(self) -> None:
        """An empty database server, the tables, and a small demo shop."""
        install = [
            find_program("mariadb-install-db"),
            "--no-defaults",
            "--auth-root-authentication-method=normal",
        ]
        install += [f"--datadir={self.folder / 'mariadb'}", f"--user={name_user()}", "--skip-test-db"]
        subprocess.run(install, check=True, capture_output=True)
        for name in ("mariadb", "redis"):
            self.components[name].start()
            self.components[name].wait_until_ready()
        self.create_database()
        for step in (["migrate", "--verbosity", "0"], ["seed_db"]):
            done = self.manage(*step)
            assert done.returncode == 0, done.stdout + done.stderr

    def create_database(self) -> None:
        import MySQLdb  # only where this is run

        connection = MySQLdb.connect(host="127.0.0.1", port=self.ports["mariadb"], user="root")
        connection.cursor().execute("CREATE DATABASE haat CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci")
        connection.close()

    def start(self) -> None:
        self.mail.start()
        for component in self.components.values():
            if not component.is_running():
                component.start()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        for component in self.components.values():
            component.wait_until_ready()
        ends_at = time.monotonic() + 120
        while not self.is_ready():
            assert time.monotonic() < ends_at, self.components["web"].read_log()
            time.sleep(0.2)

    def is_ready(self) -> bool:
        try:
            return send(f"{self.url}/health/ready/", method="GET").status == 200
        except OSError:
            return False

    def stop(self) -> None:
        for component in reversed(self.components.values()):
            if component.is_running():
                component.end()
        self.mail.stop()

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=600
        )

    def ask(self, script: str) -> str:
        """What a line of Python in the shop's shell prints."""
        done = self.manage("shell", "--verbosity", "0", "--command", script)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def post(self, path: str, body: dict[str, Any], **headers: str) -> Answer:
        return send(self.url + path, body=body, headers=headers)


def read_procfile() -> dict[str, list[str]]:
    """The commands that are shipped; `exec`, so that the group has no shell in it."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    pairs = (line.split(":", 1) for line in lines if line.strip())
    return {name: ["/bin/sh", "-c", f"exec {command.strip()}"] for name, command in pairs}


def name_user() -> str:
    """MariaDB runs as whoever runs this, root too."""
    return pwd.getpwuid(os.getuid()).pw_name
