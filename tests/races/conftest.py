"""Web processes for a whole run of races, on the database of the tests."""

from collections.abc import Iterator

import pytest

from tests.factories.catalogue import warm_settings
from tests.races.servers import Web, run_web, run_worker


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "races" in item.path.parts:
            item.add_marker(pytest.mark.process)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def running(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[tuple[Web, dict[str, str]]]:
    with django_db_blocker.unblock(), run_web(tmp_path_factory.mktemp("races")) as running:
        yield running


@pytest.fixture
def web(running, transactional_db) -> Web:
    warm_settings()
    return running[0]


@pytest.fixture
def worker(running, web) -> Iterator[None]:
    with run_worker(running[1]):
        yield
