"""Progress of a long command: a bar on a terminal, a line a step in a log."""

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
WIDTH = 30
REDRAW_SECONDS = 0.2


class ProgressBar:
    def __init__(self, out) -> None:
        self.out = out
        self.is_terminal = out.isatty()

    def track(self, label: str, items: Iterable[T], total: int) -> Iterator[T]:
        """Pass the items on and draw how many of `total` went by."""
        began_at = drawn_at = time.monotonic()
        for count, item in enumerate(items):
            if self.is_terminal and time.monotonic() - drawn_at > REDRAW_SECONDS:
                drawn_at = time.monotonic()
                self.draw(label, count, total)
            yield item
        seconds = time.monotonic() - began_at
        self.out.write(f"\r{label:<14} {total:>5} in {seconds:.1f} s{' ' * WIDTH}")

    def draw(self, label: str, count: int, total: int) -> None:
        filled = WIDTH * count // max(total, 1)
        self.out.write(f"\r{label:<14} [{'#' * filled}{' ' * (WIDTH - filled)}] {count}/{total}", ending="")
        self.out.flush()
