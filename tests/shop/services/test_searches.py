from datetime import date, timedelta

import pytest

from shop.models import SearchedText
from shop.services.searches import find_popular_searches, record_search, remove_old_searches

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 22)


def rows() -> list[tuple]:
    return list(
        SearchedText.objects.order_by("day_on", "text").values_list("day_on", "text", "results", "count")
    )


def test_searches_are_counted_by_day_and_text():
    tomorrow = TODAY + timedelta(days=1)
    for text, results, on in (
        ("Lamp ", 3, TODAY),
        ("lamp", 4, TODAY),
        ("lamp", 4, tomorrow),
        ("rug", 0, TODAY),
    ):
        record_search(text=text, results=results, on=on)
    assert rows() == [(TODAY, "lamp", 4, 2), (TODAY, "rug", 0, 1), (tomorrow, "lamp", 4, 1)]


@pytest.mark.parametrize("text", ["asha@example.com", "call 98450 12345", "4111-1111-1111-1111", "  "])
def test_what_may_name_somebody_is_not_kept(text):
    record_search(text=text, results=0, on=TODAY)
    assert rows() == []


def test_popular_are_those_of_several_visitors_that_found_something():
    for text, results, count, days in (
        ("lamp", 3, 5, 1),
        ("light", 3, 9, 2),
        ("lava", 0, 9, 1),
        ("lathe", 2, 2, 1),
        ("lace", 2, 9, 40),
    ):
        SearchedText.objects.create(
            day_on=TODAY - timedelta(days=days), text=text, results=results, count=count
        )
    assert find_popular_searches(on=TODAY, limit=5) == ["light", "lamp"]
    assert find_popular_searches(on=TODAY, limit=5, beginning="La") == ["lamp"]
    assert find_popular_searches(on=TODAY, limit=1) == ["light"]


def test_old_searches_are_removed():
    record_search(text="lamp", results=1, on=TODAY - timedelta(days=801))
    record_search(text="rug", results=1, on=TODAY - timedelta(days=800))
    remove_old_searches(on=TODAY)
    assert [row[1] for row in rows()] == ["rug"]
