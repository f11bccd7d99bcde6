"""What every test may ask for."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from database.versions import Held
from pages.public_cache import shelf
from tests.simulation import KEY_ID, KEY_SECRET, Simulator, run_simulator

TRANSACTION_STATEMENTS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET AUTOCOMMIT")
# Every public write replaces this token as it commits, and a process reads it every five seconds.
PUBLIC_VERSION = "database_publicversion"


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Settings are cached; a test must not see another's."""
    cache.clear()
    shelf.clear()
    Held.copy = None


@dataclass
class CountedQueries:
    """The statements of a block, without those that open and close transactions or keep the public version."""

    statements: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.statements)


@contextmanager
def capture_statements(limit: int | None = None) -> Iterator[CountedQueries]:
    """Collect what the block asks of the database; with a limit, fail where it asks more often."""
    counted = CountedQueries()
    with CaptureQueriesContext(connection) as captured:
        yield counted
    statements = [query["sql"] for query in captured.captured_queries]
    counted.statements += [
        sql
        for sql in statements
        if not sql.upper().startswith(TRANSACTION_STATEMENTS) and PUBLIC_VERSION not in sql
    ]
    listing = "\n".join(counted.statements)
    assert limit is None or len(counted) <= limit, f"{len(counted)} queries, not {limit} at most:\n{listing}"


@pytest.fixture
def count_queries() -> Callable[..., AbstractContextManager[CountedQueries]]:
    """`with count_queries(at_most) as counted:`; `len(counted)` after the block."""
    return partial(capture_statements)


class Broker:
    """Stands where the message broker would, at the edge of the process; `error` is a broker that is down."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, list[Any]]] = []
        self.error: Exception | None = None

    def send_task(self, name: str, arguments: list[Any]) -> None:
        if self.error:
            raise self.error
        self.sent.append((name, arguments))


@pytest.fixture
def broker(monkeypatch) -> Broker:
    """The tasks that were sent. A test without its own transactions must run its callbacks on commit."""
    broker = Broker()
    monkeypatch.setattr(current_app, "send_task", broker.send_task)
    return broker


@pytest.fixture(scope="session")
def simulator_process(tmp_path_factory) -> Iterator[Simulator]:
    with run_simulator(tmp_path_factory.mktemp("simulator")) as simulator:
        yield simulator


@pytest.fixture
def simulator(simulator_process, settings) -> Simulator:
    """The Razorpay simulator in a process of its own; the shop's settings name it."""
    settings.RAZORPAY_API_URL = simulator_process.url
    settings.RAZORPAY_KEY_ID, settings.RAZORPAY_KEY_SECRET = KEY_ID, KEY_SECRET
    return simulator_process


@pytest.fixture
def pay(simulator) -> Callable[..., dict]:
    """`pay(razorpay_order_id, instrument)`: a shopper at the payment window."""
    return simulator.pay


def pytest_configure() -> None:
    """Made anew for a second run in the same process, whose first one has cleaned up."""
    settings.TEST_DIR.mkdir(parents=True, exist_ok=True)


def pytest_unconfigure() -> None:
    shutil.rmtree(settings.TEST_DIR, ignore_errors=True)
