"""One shop of its own for all of the chaos; skipped where its servers are not installed."""

from collections.abc import Iterator

import pytest

from tests.chaos.cluster import Cluster
from tests.chaos.components import find_missing_programs


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "chaos" in item.path.parts:
            item.add_marker(pytest.mark.process)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    if missing := find_missing_programs():
        pytest.skip(f"not installed on this machine: {', '.join(missing)}")
    cluster = Cluster(tmp_path_factory.mktemp("chaos"))
    try:
        cluster.prepare()
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
