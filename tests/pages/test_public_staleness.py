"""Two web processes beside this one: what one writes the other shows, at once or within five seconds."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.db import connection

from database.versions import COPY_SECONDS
from shop.models import Product
from shop.services.stock import adjust_stock
from tests.factories.catalogue import make_item, warm_settings

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
SERVE = """
import sys
from wsgiref.simple_server import make_server
from settings.wsgi import application
make_server("127.0.0.1", int(sys.argv[1]), application).serve_forever()
"""
WRITE = """
import django; django.setup()
from shop.services.stock import adjust_stock
from database.transactions import entry_service
entry_service(adjust_stock)(product_id=int(__import__("sys").argv[1]), delta=1)
"""


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    """The test's own database, and a cache that this process does not share: its words never arrive."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        login = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
        url = f"mysql://{login}/{database['NAME']}"
    return {
        **{name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "REDISCLOUD_URL")},
        "DJANGO_SETTINGS_MODULE": "settings.demo",
        "DATABASE_URL": url,
        "DATA_DIR": str(tmp_path),
        "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
        "LOG_LEVEL": "ERROR",
    }


@pytest.fixture
def servers(environment) -> Iterator[list[str]]:
    ports = [find_port(), find_port()]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", SERVE, str(port)], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
        )
        for port in ports
    ]
    try:
        yield [f"http://127.0.0.1:{port}" for port in ports]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def read_stock(server: str, product: Product) -> int:
    with urlopen(f"{server}/store/products/{product.pk}/", timeout=30) as answer:
        return json.load(answer)["inventory"]


def wait_until_up(servers: list[str], product: Product) -> None:
    gives_up_at = time.monotonic() + 90
    for server in servers:
        while True:
            try:
                read_stock(server, product)
                break
            except URLError:
                assert time.monotonic() < gives_up_at
                time.sleep(0.2)


def test_two_processes_are_never_stale_for_more_than_five_seconds(servers, environment):
    warm_settings()
    product = make_item(inventory=10)
    wait_until_up(servers, product)
    assert [read_stock(server, product) for server in servers] == [10, 10]

    # Written by a process whose word does not reach them, as if it had died right after its commit.
    written_at = time.monotonic()
    adjust_stock(product_id=product.pk, delta=5)
    seen = {}
    while len(seen) < 2 and time.monotonic() - written_at < 30:
        for server in set(servers) - set(seen):
            asked_at = time.monotonic()
            if read_stock(server, product) == 15:
                seen[server] = asked_at - written_at
        time.sleep(0.05)
    assert len(seen) == 2
    # A busy machine may take a while between asking and reading; what was asked after five seconds is fresh.
    assert max(seen.values()) < COPY_SECONDS + 1

    # Written by a process that shares their cache: they are told.
    subprocess.run(
        [sys.executable, "-c", WRITE, str(product.pk)], cwd=ROOT, env=environment, check=True, timeout=90
    )
    assert [read_stock(server, product) for server in servers] == [16, 16]
