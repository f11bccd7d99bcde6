"""What is to go wrong next: a plan that a test or a person writes over the control port, gone with the process."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from itertools import count
from typing import Any

from simulators.razorpay.errors import reject

# Each kind's options with their defaults; durations in seconds.
WEBHOOK_KINDS: dict[str, dict[str, Any]] = {
    "delay_webhook": {"seconds": 5.0},
    "drop_webhook": {},
    "duplicate_webhook": {"copies": 2},
    "reorder_webhooks": {"seconds": 1.0},
    "resign_webhook": {"secret": "not-the-shops-secret"},
}
ANSWER_KINDS: dict[str, dict[str, Any]] = {
    "answer_error": {"status": 500, "after_commit": False},
    "answer_html": {"status": 502, "after_commit": False},
    "answer_nothing": {"seconds": 0.0, "after_commit": False},
    "answer_slowly": {"seconds": 5.0, "after_commit": True},
    "reset_connection": {"after_commit": True},
}
REFUND_KINDS: dict[str, dict[str, Any]] = {
    "slow_refund": {"seconds": 5.0},
    "fail_refund": {"seconds": 0.0},
}
KINDS = WEBHOOK_KINDS | ANSWER_KINDS | REFUND_KINDS


@dataclass
class Fault:
    """`match` is a pattern with *: an event's name, or a verb and a path as in `POST /v1/orders*`.

    `times` is how often it strikes, 0 as long as it stands. `struck` counts.
    """

    id: int
    kind: str
    match: str = ""
    times: int = 1
    struck: int = 0
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def is_spent(self) -> bool:
        return 0 < self.times <= self.struck

    def fits(self, subject: str) -> bool:
        return not self.is_spent and fnmatchcase(subject, self.match or "*")

    def show(self) -> dict[str, Any]:
        return asdict(self)


class FaultPlan:
    """Faults in the order they were asked for; requests and events of many threads take from it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._faults: list[Fault] = []

    def add(self, body: Mapping[str, Any]) -> Fault:
        """Raises ApiError for a kind or an option that is not known."""
        fault = Fault(next(self._numbers), **_read_fault(body))
        with self._lock:
            self._faults.append(fault)
        return fault

    def list_all(self) -> list[Fault]:
        with self._lock:
            return list(self._faults)

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def take_all(self, kinds: Mapping[str, Any], subject: str) -> Iterator[Fault]:
        """Every standing fault of these kinds that fits; each has struck once more."""
        with self._lock:
            struck = [fault for fault in self._faults if fault.kind in kinds and fault.fits(subject)]
            for fault in struck:
                fault.struck += 1
        yield from struck

    def take_one(self, kinds: Mapping[str, Any], subject: str) -> Fault | None:
        """The first standing fault of these kinds that fits."""
        with self._lock:
            for fault in self._faults:
                if fault.kind in kinds and fault.fits(subject):
                    fault.struck += 1
                    return fault
        return None


def _read_fault(body: Mapping[str, Any]) -> dict[str, Any]:
    kind, match, times = body.get("kind"), body.get("match", ""), body.get("times", 1)
    if kind not in KINDS:
        raise reject(f"The kind must be one of {', '.join(KINDS)}.", "kind")
    if not isinstance(match, str):
        raise reject("The match must be a pattern.", "match")
    if type(times) is not int or times < 0:
        raise reject("The times must be a whole number, 0 for always.", "times")
    given = {name: value for name, value in body.items() if name not in ("kind", "match", "times")}
    return {"kind": kind, "match": match, "times": times, "options": _read_options(KINDS[kind], given)}


def _read_options(defaults: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    for name, value in given.items():
        if name not in defaults:
            raise reject(f"{name} is no option of this kind.", name)
        given[name] = _read_option(name, value, type(defaults[name]))
    return defaults | given


def _read_option(name: str, value: Any, kind: type) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind is float and is_number and 0 <= value <= 3600:
        return float(value)
    if kind is int and type(value) is int and 1 <= value <= 999:
        return value
    if kind in (bool, str) and type(value) is kind:
        return value
    raise reject(f"The {name} cannot be {value!r}.", name)
