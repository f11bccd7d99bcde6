"""The simulator's time: the machine's, moved forward when somebody asks for it."""

import time


class Clock:
    def __init__(self) -> None:
        self._ahead = 0.0

    def read(self) -> float:
        """Unix seconds."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += seconds
