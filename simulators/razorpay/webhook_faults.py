"""How an event leaves: once, at once and well signed, unless a fault of the plan says otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from simulators.razorpay.faults import Fault


@dataclass(frozen=True)
class Dispatch:
    """What becomes of one event; `wait` is in seconds, `secret` replaces the one it is signed with."""

    copies: int = 1
    wait: float = 0.0
    is_dropped: bool = False
    secret: str | None = None


def plan_dispatch(faults: Iterable[Fault]) -> Dispatch:
    dispatch = Dispatch()
    for fault in faults:
        dispatch = _bend(dispatch, fault)
    return dispatch


def _bend(dispatch: Dispatch, fault: Fault) -> Dispatch:
    options = fault.options
    if fault.kind == "drop_webhook":
        return replace(dispatch, is_dropped=True)
    if fault.kind == "duplicate_webhook":
        return replace(dispatch, copies=dispatch.copies * options["copies"])
    if fault.kind == "resign_webhook":
        return replace(dispatch, secret=options["secret"])
    if fault.kind == "reorder_webhooks":
        return replace(dispatch, wait=dispatch.wait + options["seconds"] * _count_back(fault))
    return replace(dispatch, wait=dispatch.wait + options["seconds"])


def _count_back(fault: Fault) -> float:
    """From 1 for the first event struck down to nearly 0 for the last, so that the last arrives first."""
    length = fault.times or 10
    return 1 - ((fault.struck - 1) % length) / length
