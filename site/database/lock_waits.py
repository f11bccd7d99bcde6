"""How long one statement waits for a lock: no longer than whoever asked for it."""

import math
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# What `settings` gives every connection; see `settings.environment`.
MARIADB_SECONDS = 5


@contextmanager
def lock_waits_limited(seconds: float) -> Iterator[None]:
    """Inside, a statement waits for a lock for as many seconds at most, and 20 on SQLite or 5 on MariaDB after.

    MariaDB counts whole seconds, and is told only where that is less than it would wait by itself.
    """
    if connection.vendor == "sqlite":
        usual = round(connection.settings_dict.get("OPTIONS", {}).get("timeout", 5) * 1000)
        set_sqlite_wait(max(1, round(seconds * 1000)))
        try:
            yield
        finally:
            set_sqlite_wait(usual)
    elif seconds < MARIADB_SECONDS:
        set_mariadb_wait(max(1, math.floor(seconds)))
        try:
            yield
        finally:
            if connection.connection is not None and connection.is_usable():
                set_mariadb_wait(MARIADB_SECONDS)
    else:
        yield


def set_sqlite_wait(milliseconds: int) -> None:
    # Past Django's cursor: this happens in every service, and is no statement anybody wants to see in a log.
    connection.ensure_connection()
    connection.connection.execute(f"PRAGMA busy_timeout = {milliseconds}").close()


def set_mariadb_wait(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION innodb_lock_wait_timeout = %s", [seconds])
