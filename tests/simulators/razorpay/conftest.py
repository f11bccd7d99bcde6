from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulators.razorpay.stage import Shop, Stage, open_shop, open_stage


@pytest.fixture(autouse=True)
def quiet_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines written by threads would land in the middle of the report."""
    for room in ("server", "delivery"):
        monkeypatch.setattr(f"simulators.razorpay.{room}.write_line", lambda text: None)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A simulator that nobody listens to."""
    with open_stage(tmp_path) as stage:
        yield stage


@pytest.fixture
def shop() -> Iterator[Shop]:
    with open_shop() as shop:
        yield shop


@pytest.fixture
def heard_stage(tmp_path: Path, shop: Shop) -> Iterator[Stage]:
    """A simulator whose webhooks go to `shop`, a thousand times as impatient as Razorpay."""
    with open_stage(tmp_path, webhook_urls=(shop.url,), retry_factor=1000) as stage:
        yield stage
