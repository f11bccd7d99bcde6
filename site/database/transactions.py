"""One way to open a transaction: whole, retried while the database is busy, never nested."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar, overload

from celery import current_app
from django.db import OperationalError, connection, transaction

from database.lock_waits import lock_waits_limited

P = ParamSpec("P")
T = TypeVar("T")

# MariaDB: lock wait timeout, deadlock, record changed since the snapshot.
RETRIED_CODES = {1205, 1213, 1020}
# The server cannot be reached, has gone away, or was lost in the middle of a statement.
LOST_CODES = {2002, 2003, 2006, 2013}
LONGEST_RETRY_SECONDS = 12.0
BUSY = "The shop is very busy right now. Please try again in a moment."
FIRST_PAUSE_SECONDS = 0.02
LONGEST_PAUSE_SECONDS = 1.0


class Busy(Exception):
    """The database stayed locked or away for `LONGEST_RETRY_SECONDS`; nothing was written. Edges answer 503."""


def is_passing(error: OperationalError) -> bool:
    """Whether the same transaction may succeed when it is tried again."""
    code = error.args[0] if error.args else None
    return code in RETRIED_CODES or "is locked" in str(error)


def is_lost(error: OperationalError) -> bool:
    """Whether the connection to the server broke: it restarts, or the network does not hold."""
    return bool(error.args) and error.args[0] in LOST_CODES


# What the entry service running in this thread does last.
_last_calls: ContextVar[list[Callable[[], None]] | None] = ContextVar("last_calls", default=None)


@contextmanager
def calls_before_commit() -> Iterator[None]:
    calls: list[Callable[[], None]] = []
    token = _last_calls.set(calls)
    try:
        yield
        for call in calls:
            call()
    finally:
        _last_calls.reset(token)


def run_before_commit(call: Callable[[], None]) -> None:
    """Run `call` once, as the last thing the entry service does before its commit; outside of one, at once.

    For rows that every write touches: locked last and shortly, they neither queue writers up nor deadlock.
    """
    calls = _last_calls.get()
    if calls is None:
        call()
    elif call not in calls:
        calls.append(call)


@overload
def entry_service(function: Callable[P, T]) -> Callable[P, T]: ...


@overload
def entry_service(*, within: float) -> Callable[[Callable[P, T]], Callable[P, T]]: ...


def entry_service(function: Any = None, *, within: float | None = None) -> Any:
    """Run `function` in a transaction of its own, again from the start where the database was busy or lost.

    A server that is lost during the commit itself is not asked again: nobody knows whether it wrote.
    For services that a view, a task or a command calls. They make no outside call, since a retry would
    repeat it, and cannot be nested (`durable`). Raises `Busy` when retrying did not help: no try begins after
    `LONGEST_RETRY_SECONDS`, and none lasts longer than `within`, where somebody waits who does not wait so long.
    """
    if function is None:
        return partial(entry_service, within=within)

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        gives_up_at = time.monotonic() + (LONGEST_RETRY_SECONDS if within is None else within)
        pause = FIRST_PAUSE_SECONDS
        while True:
            is_committing = False
            try:
                left = None if within is None else max(0.0, gives_up_at - time.monotonic())
                with lock_waits_limited(left), transaction.atomic(durable=True):
                    with calls_before_commit():
                        result = function(*args, **kwargs)
                    is_committing = True
                return result
            except OperationalError as error:
                if is_lost(error):
                    forget_connection()
                if not (is_passing(error) or (is_lost(error) and not is_committing)):
                    raise
                if time.monotonic() + pause > gives_up_at:
                    raise Busy(BUSY) from error
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - jitter, not a secret
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    return run


def forget_connection() -> None:
    """Let the next statement connect anew: Django itself keeps a broken connection until the request ends."""
    if not connection.in_atomic_block:
        connection.close()


def send_after_commit(task: str, *arguments: Any) -> None:
    """Send a Celery task, by its name, once the transaction is committed.

    By name, since tasks stand above the services that call this. A broker that is down is logged and
    forgotten: what must happen has a row, and a sweep finds it.
    """

    def send() -> None:  # no partial: Django logs a callback that fails by its name, which a partial has not
        current_app.send_task(task, list(arguments))

    transaction.on_commit(send, robust=True)
