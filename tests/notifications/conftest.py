from collections.abc import Iterator

import pytest

from tests.notifications.receivers import Receiver, run_receiver


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    """A client on this machine, which the shop may call."""
    settings.WEBHOOK_ALLOW_PRIVATE = True
    with run_receiver() as receiver:
        yield receiver
