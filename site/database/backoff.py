"""How long to wait before something is tried again."""

from datetime import timedelta

MOST_DOUBLINGS = 12


def find_pause(*, attempts: int, first: timedelta, longest: timedelta) -> timedelta:
    """Twice as long after each attempt: `first` before any, `longest` at most."""
    return min(first * 2 ** min(attempts, MOST_DOUBLINGS), longest)
