"""Whatever the schema allows, and what it forbids, at every endpoint: no 5xx, no undocumented status or body.

A short run; `make test-api` sets `API_EXAMPLES` and runs at length.
"""

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from settings.wsgi import application
from tests.api.wire import make_access
from tests.factories.catalogue import make_product
from tests.factories.users import make_admin, make_customer

EXAMPLES = int(os.environ.get("API_EXAMPLES", "2"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def serve(environ, start_response):
    """As a server would: with the address of the client."""
    return application({"REMOTE_ADDR": "127.0.0.1", **environ}, start_response)


schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", serve)
schema.config.phases.coverage.enabled = EXAMPLES > 10


@pytest.fixture(autouse=True)
def _keep_connection():
    """A request over WSGI closes what Django's own test client keeps open: the transaction of the test."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture(params=["anonymous", "customer", "staff"])
def headers(request, db) -> dict[str, str]:
    make_product()
    if request.param == "anonymous":
        return {}
    user = make_customer().user if request.param == "customer" else make_admin()
    return {"Authorization": f"JWT {make_access(user)}"}


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_endpoint_keeps_to_its_schema(case, headers):
    case.call_and_validate(headers={**(case.headers or {}), **headers}, checks=CHECKS)
