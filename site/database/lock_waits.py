"""How long one statement waits for a lock, where somebody does not wait for as long as the database would.

Only there: SQLite lets its writers in by chance, and in a crowd some need most of the usual twenty seconds.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# What `settings` gives every connection; see `settings.environment`.
MARIADB_SECONDS = 5


@contextmanager
def lock_waits_limited(seconds: float | None) -> Iterator[None]:
    """Inside, a statement waits for a lock for so many seconds at most; None: as long as the settings say.

    MariaDB counts whole seconds, and is told only where that is less than it would wait by itself.
    """
    if seconds is None:
        yield
    elif connection.vendor == "sqlite":
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
    # Past Django's cursor: it is no statement that anybody wants to see in a log.
    connection.ensure_connection()
    connection.connection.execute(f"PRAGMA busy_timeout = {milliseconds}").close()


def set_mariadb_wait(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION innodb_lock_wait_timeout = %s", [seconds])
