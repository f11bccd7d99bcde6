"""Going through what is due, one row after the other, each in its own transactions."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from celery.exceptions import SoftTimeLimitExceeded

logger = logging.getLogger(__name__)

K = TypeVar("K")
SWEEP_SIZE = 200


def sweep(step: Callable[[K], bool | None], keys: Iterable[K]) -> int:
    """Do each step for itself: one that fails, or finds the database busy, must not stop the others.

    Returns how many said that they did something.
    """
    count = 0
    for key in list(keys):
        try:
            count += bool(step(key))
        except SoftTimeLimitExceeded:
            raise
        except Exception:  # whatever it is, it is logged, and the next sweep tries again
            logger.exception("A step of a sweep failed: %s", key)
    return count
