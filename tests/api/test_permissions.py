"""The permission table, cell by cell, over the wire. Each cell finds the world as it was made."""

import pytest
from django.core.cache import cache

from tests.api.permission_table import METHODS, TABLE
from tests.api.permission_world import CALLERS, World, find_path, make_body, make_world, undone
from tests.api.routes import Route, find_routes
from tests.api.wire import encode
from tests.factories.catalogue import warm_settings

pytestmark = pytest.mark.django_db

ROUTES = find_routes()


@pytest.fixture
def world(simulator) -> World:
    warm_settings()
    return make_world()


def ask(route: Route, method: str, world: World, caller: str) -> int:
    body = make_body(route, method, world, caller) if method not in ("GET", "HEAD") else None
    with undone():
        answer = world.callers[caller].send(method, find_path(route, world, caller), *encode(body, "json"))
    cache.clear()
    return answer.status


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_permissions(world, route):
    for method in METHODS:
        expected = TABLE[route.name, method]
        statuses = tuple(ask(route, method, world, caller) for caller in CALLERS)
        assert (route.name, method, statuses) == (route.name, method, expected)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_head_is_permitted_like_get(world, route):
    for caller in ("anonymous", "customer_b", "superuser", "expired"):
        assert ask(route, "HEAD", world, caller) == ask(route, "GET", world, caller)


def test_every_route_has_its_rows_and_every_row_its_route():
    assert set(TABLE) == {(route.name, method) for route in ROUTES for method in METHODS}


def test_names_of_routes_are_unique():
    assert len({route.name for route in ROUTES}) == len(ROUTES)


def test_row_has_a_cell_for_every_caller():
    assert {len(statuses) for statuses in TABLE.values()} == {len(CALLERS)}
