"""Starting the shop: what the operator sees."""

import os
import socket
import subprocess
import sys

from tests.journeys.shop import ROOT, RunningShop


def run_on(shop: RunningShop, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "scripts/run.py"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_taken_port_is_one_clear_sentence(shop: RunningShop, tmp_path):
    second = run_on(shop, PORT=str(shop.port), DATA_DIR=str(tmp_path))

    assert second.returncode == 1
    assert second.stderr == (
        f"Port {shop.port} is taken by another program: stop it, or choose another with PORT=…\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_taken_simulator_port_is_named_by_its_own_variable(shop: RunningShop, tmp_path):
    with socket.socket() as taken, socket.socket() as free:
        taken.bind(("127.0.0.1", 0))
        free.bind(("127.0.0.1", 0))
        number, free_number = taken.getsockname()[1], free.getsockname()[1]
        free.close()
        second = run_on(shop, PORT=str(free_number), SIMULATOR_PORT=str(number), DATA_DIR=str(tmp_path))

    assert second.returncode == 1
    assert second.stderr == (
        f"Port {number} is taken by another program: stop it, or choose another with SIMULATOR_PORT=…\n"
    )


def manage(shop: RunningShop, *command: str) -> subprocess.CompletedProcess:
    environment = {**shop.environment, "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}"}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_task_goes_through_every_queue_and_comes_back(shop: RunningShop):
    done = manage(shop, "test_celery_tasks")

    assert done.returncode == 0, done.stderr
    told = [line.split(":")[0] for line in done.stdout.splitlines()]
    assert told == ["payments", "emails", "webhooks", "maintenance", "reports"]


def test_a_test_mail_leaves_the_shop(shop: RunningShop):
    done = manage(shop, "send_test_email", "operator@example.com")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Sent to operator@example.com in ")
