"""The operations of the schema, and how each status that they document is brought about."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.urls import resolve
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from api.throttling import AnonymousThrottle, CustomerThrottle
from tests.api.permission_table import TABLE
from tests.api.permission_world import CALLERS, World, find_path, make_body, undone
from tests.api.routes import Route, find_routes
from tests.api.wire import Answer, encode

ANY_UUID = "12345678-1234-1234-1234-123456789012"
NOWHERE = 987_654
SUCCESSES = (200, 201, 204)


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    statuses: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@cache
def read_schema() -> dict[str, Any]:
    return json.loads((settings.ROOT / "docs/openapi.json").read_text())


def find_operations() -> list[Operation]:
    return [
        Operation(method.upper(), path, tuple(map(int, operation["responses"])))
        for path, methods in read_schema()["paths"].items()
        for method, operation in methods.items()
    ]


def find_route(path: str) -> Route:
    """The route that an address with braces in it belongs to."""
    parts = (part if "{" not in part else ANY_UUID if "cart" in part else "1" for part in path.split("/"))
    name = resolve("/".join(parts)).view_name
    return next(route for route in find_routes() if route.name == name)


@dataclass
class Stage:
    """One operation of the world, asked in ways that lead to one status or another."""

    operation: Operation
    world: World
    patch: pytest.MonkeyPatch

    def __post_init__(self) -> None:
        self.route = find_route(self.operation.path)

    def pick(self, *statuses: int) -> str:
        """A caller who gets one of the statuses; where nobody does, who may do most."""
        expected = TABLE[self.route.name, self.operation.method]
        found = (caller for caller, status in zip(CALLERS, expected, strict=True) if status in statuses)
        return next(found, "superuser")

    def body(self, caller: str, **changes: Any) -> dict[str, Any] | None:
        if self.operation.method == "GET":
            return None
        return {**make_body(self.route, self.operation.method, self.world, caller), **changes}

    def ask(
        self, caller: str = "", *, ids: dict[str, Any] | None = None, query: str = "", **said: Any
    ) -> Answer:
        """`ids` stand in place of the world's own; `content` and `kind` in place of the body; the rest are headers."""
        caller = caller or self.pick(*SUCCESSES)
        world = World(self.world.callers, {**self.world.ids, **(ids or {})}, self.world.order_token)
        path = find_path(self.route, world, caller)
        content, kind = encode(said.pop("body", self.body(caller)), "json")
        content, kind = said.pop("content", content), said.pop("kind", kind)
        with undone():
            return world.callers[caller].send(self.operation.method, path + query, content, kind, **said)


def succeed(stage: Stage) -> Answer:
    return stage.ask()


def match(stage: Stage) -> Answer:
    return stage.ask(If_None_Match="*")


def send_nonsense(stage: Stage) -> Answer:
    return stage.ask(content=b"[]")


def come_with_an_old_token(stage: Stage) -> Answer:
    return stage.ask("expired")


def come_without_the_right(stage: Stage) -> Answer:
    return stage.ask(stage.pick(403))


def miss(stage: Stage) -> Answer:
    """Ask for what is not there: an id, else a page."""
    if not stage.route.parameters:
        return stage.ask(query="?page=987654")
    nothing = {
        key: ANY_UUID if name == "cart_id" else NOWHERE
        for name in stage.route.parameters
        for key in (name, f"{stage.route.name}.{name}")
    }
    return stage.ask("superuser" if stage.route.name != "api-guest-order" else "anonymous", ids=nothing)


def accept_xml(stage: Stage) -> Answer:
    return stage.ask(Accept="application/xml")


def send_too_much(stage: Stage) -> Answer:
    return stage.ask(content=b'{"x":"' + b"x" * 2_700_000 + b'"}')


def send_xml(stage: Stage) -> Answer:
    return stage.ask(content=b"<x/>", kind="application/xml")


def use_a_key_twice(stage: Stage) -> Answer:
    caller = stage.pick(*SUCCESSES)
    path, body = find_path(stage.route, stage.world, caller), stage.body(caller, more=True)
    with undone():
        stage.world.callers[caller].post(path, body, Idempotency_Key="key")
        return stage.ask(caller, Idempotency_Key="key")


def come_too_often(stage: Stage) -> Answer:
    with stage.patch.context() as patch:
        patch.setattr(APIView, "throttle_classes", [AnonymousThrottle, CustomerThrottle])
        rates = dict.fromkeys(SimpleRateThrottle.THROTTLE_RATES, "0/min")
        patch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
        return stage.ask()


def lose_the_database(stage: Stage) -> Answer:
    def fail(execute, sql, *arguments):
        if sql.upper().startswith(("SAVEPOINT", "ROLLBACK", "RELEASE")):  # those of the test itself
            return execute(sql, *arguments)
        raise OperationalError(2013, "Lost connection to server during query")

    stage.patch.setattr("database.transactions.LONGEST_RETRY_SECONDS", 0)
    with connection.execute_wrapper(fail):
        return stage.ask()


USUAL: dict[int, Callable[[Stage], Answer]] = {
    **dict.fromkeys(SUCCESSES, succeed),
    304: match,
    400: send_nonsense,
    401: come_with_an_old_token,
    403: come_without_the_right,
    404: miss,
    406: accept_xml,
    413: send_too_much,
    415: send_xml,
    422: use_a_key_twice,
    429: come_too_often,
    503: lose_the_database,
}
