import pytest

from tests.simulators.razorpay.stage import Stage


@pytest.fixture
def receipts(stage: Stage) -> list[str]:
    """The receipts of twelve orders, a day apart, newest first."""
    names = [str(number) for number in range(12)]
    for name in names:
        stage.order(receipt=name)
        stage.simulator.clock.advance(24 * 3600)
    return names[::-1]


def list_receipts(stage: Stage, **parameters: object) -> list[str]:
    page = stage.get("/orders", **parameters)
    assert page["count"] == len(page["items"])
    return [order["receipt"] for order in page["items"]]


def test_page_has_ten_unless_asked_otherwise(stage: Stage, receipts: list[str]) -> None:
    assert list_receipts(stage) == receipts[:10]
    assert list_receipts(stage, count=100) == receipts
    assert list_receipts(stage, count=3, skip=2) == receipts[2:5]
    assert list_receipts(stage, skip=12) == []


def test_page_lies_between_from_and_to(stage: Stage, receipts: list[str]) -> None:
    newest_first = stage.get("/orders", count=12)["items"]
    moments = {order["receipt"]: order["created_at"] for order in newest_first}

    assert list_receipts(stage, **{"from": moments["3"], "to": moments["5"]}) == ["5", "4", "3"]


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"count": 101}, "The count may not be greater than 100."),
        ({"count": 0}, "The count must be at least 1."),
        ({"count": "ten"}, "The count must be an integer."),
        ({"skip": -1}, "The skip must be an integer."),
        ({"from": "today"}, "The from must be an integer."),
    ],
)
def test_page_refuses(stage: Stage, parameters: dict, description: str) -> None:
    for path in ("/orders", "/payments", "/refunds", "/disputes"):
        status, error = stage.refuse("GET", path, params=parameters)
        assert (status, error["description"]) == (400, description)
