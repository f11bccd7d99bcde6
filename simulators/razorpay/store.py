"""The simulator's state, in one SQLite file: a request is one transaction, and a kill loses nothing."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from simulators.razorpay.clock import Clock
from simulators.razorpay.configuration import Configuration
from simulators.razorpay.faults import FaultPlan

Row = dict[str, Any]

SCHEMA = Path(__file__).with_name("schema.sql")


class Transaction:
    """One request's view of the state, at one moment: `now` is that in whole unix seconds."""

    def __init__(
        self, connection: sqlite3.Connection, configuration: Configuration, faults: FaultPlan, now: float
    ) -> None:
        self.configuration = configuration
        self.faults = faults
        self.now = int(now)
        self.moment = now
        self.has_events = False
        self._connection = connection

    def find(self, statement: str, *parameters: object) -> Row | None:
        return self._connection.execute(statement, parameters).fetchone()

    def find_all(self, statement: str, *parameters: object) -> list[Row]:
        return self._connection.execute(statement, parameters).fetchall()

    def insert(self, table: str, **values: object) -> None:
        columns, marks = ", ".join(values), ", ".join("?" * len(values))
        # Tables and columns are the caller's own words, never a request's.
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
        self._connection.execute(statement, tuple(values.values()))

    def update(self, table: str, identifier: object, **values: object) -> None:
        changes = ", ".join(f"{column} = ?" for column in values)
        statement = f"UPDATE {table} SET {changes} WHERE id = ?"  # noqa: S608
        self._connection.execute(statement, (*values.values(), identifier))


class Store:
    """Opens one connection per thread; `on_events` is called after a commit that recorded events."""

    def __init__(self, configuration: Configuration, clock: Clock, faults: FaultPlan | None = None) -> None:
        self._configuration = configuration
        self._faults = faults or FaultPlan()
        self._clock = clock
        self._local = threading.local()
        # Writers queue here rather than in SQLite, whose busy handler sleeps between its attempts.
        self._writing = threading.Lock()
        self.on_events: Callable[[], None] = lambda: None
        configuration.database.parent.mkdir(parents=True, exist_ok=True)
        self._connect().executescript(SCHEMA.read_text())

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        with self._writing, self._begin("BEGIN IMMEDIATE") as transaction:
            yield transaction
        if transaction.has_events:
            self.on_events()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        with self._begin("BEGIN") as transaction:
            yield transaction

    @contextmanager
    def _begin(self, statement: str) -> Iterator[Transaction]:
        connection = self._connect()
        connection.execute(statement)
        try:
            yield Transaction(connection, self._configuration, self._faults, self._clock.read())
            connection.execute("COMMIT")
        except BaseException:
            connection.rollback()
            raise

    def _connect(self) -> sqlite3.Connection:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._configuration.database, timeout=20, isolation_level=None)
            connection.row_factory = _read_row
            connection.execute("PRAGMA journal_mode = WAL")
            # Enough for a killed process; only a power cut could take the last moments.
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            self._local.connection = connection
        return connection


def _read_row(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> Row:
    return {column[0]: value for column, value in zip(cursor.description, values, strict=True)}
