"""The cache that processes share, when nobody can be sure that it answers.

A Redis that is down is an empty cache. One that hangs holds a request up for its timeout, so after a slow
answer nobody asks it again for a while.
"""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache import cache

SLOW_SECONDS = 0.25
REST_SECONDS = 5.0


class SharedCache:
    def __init__(self) -> None:
        self._rests_until = 0.0

    def get(self, key: str) -> Any:
        return self._ask(lambda: cache.get(key))

    def set(self, key: str, value: Any, seconds: int | None) -> None:
        self._ask(lambda: cache.set(key, value, seconds))

    def delete(self, key: str) -> None:
        self._ask(lambda: cache.delete(key))

    def claim(self, key: str, seconds: int) -> bool:
        """Whether the caller is the one who holds the key now; where the cache is away, everybody is."""
        # Only a cache that answers says False; one that is away says None.
        return self._ask(lambda: cache.add(key, True, seconds)) is not False

    def _ask(self, question: Callable[[], Any]) -> Any:
        asked_at = time.monotonic()
        if asked_at < self._rests_until:
            return None
        answer = question()
        if time.monotonic() - asked_at > SLOW_SECONDS:
            self._rests_until = time.monotonic() + REST_SECONDS
        return answer


shared_cache = SharedCache()
