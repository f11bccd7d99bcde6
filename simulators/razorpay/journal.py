"""What the simulator says while it works: one line on stdout for each request and each delivery."""

import os
from contextlib import suppress
from datetime import UTC, datetime

STDOUT = 1


def write_line(text: str) -> None:
    # A single write, past Python's buffer: the lines of several threads never mix, and none holds up the end.
    # Nobody reading is no reason to stop working.
    with suppress(OSError):
        os.write(STDOUT, f"{datetime.now(UTC):%H:%M:%S} {text}\n".encode())
