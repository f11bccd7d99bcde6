"""The version of everything public."""

import pytest
from django.core.cache import cache
from django.db import transaction

from database import versions
from database.models import PublicVersion
from database.shared_cache import SharedCache
from database.transactions import entry_service
from database.versions import COPY_SECONDS, FIRST, NEWS_KEY, Held, mark_changed, read_version
from shop.models import Product
from tests.factories.catalogue import make_item


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass only when told."""
    now = [100.0]
    monkeypatch.setattr(versions.time, "monotonic", lambda: now[0])

    def pass_seconds(seconds: float) -> None:
        now[0] += seconds

    return pass_seconds


@pytest.mark.django_db
def test_version_before_anything_was_written():
    PublicVersion.objects.all().delete()
    assert read_version() == FIRST


@pytest.mark.django_db(transaction=True)
def test_a_write_replaces_the_version():
    mark_changed()
    first = read_version()
    mark_changed()
    second = read_version()
    assert first.token != second.token
    assert second.changed_at > first.changed_at
    assert PublicVersion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_write_that_is_rolled_back_replaces_nothing():
    mark_changed()
    before = read_version()
    with transaction.atomic():
        mark_changed()
        transaction.set_rollback(True)
    Held.copy = None
    assert read_version() == before


@pytest.mark.django_db(transaction=True)
def test_copy_lives_five_seconds_without_news(clock):
    mark_changed()
    before = read_version()
    PublicVersion.objects.update(token="of a process that died")
    clock(COPY_SECONDS - 0.01)
    assert read_version() == before
    clock(0.01)
    assert read_version().token.startswith("of a process")


@pytest.mark.django_db(transaction=True)
def test_copy_ends_with_the_news_of_another_process():
    mark_changed()
    before = read_version()
    PublicVersion.objects.update(token="other")
    assert read_version() == before
    cache.set(NEWS_KEY, "another process has written")
    assert read_version().token == "other"


@pytest.mark.django_db(transaction=True)
def test_entry_service_replaces_the_version_once_and_last(count_queries):
    make_item()
    make_item()
    mark_changed()
    touched = []

    @entry_service
    def write() -> None:
        for product in Product.objects.all():
            Product.objects.filter(pk=product.pk).update(inventory=7)
        touched.append(PublicVersion.objects.get().token)

    before = read_version().token
    write()
    assert touched == [before]
    assert read_version().token != before


class Cache:
    def __init__(self, seconds: float = 0) -> None:
        self.asked = 0
        self.seconds = seconds

    def get(self, key: str) -> str:
        self.asked += 1
        versions.time.sleep(self.seconds)
        return "value"


@pytest.mark.parametrize(("seconds", "asked"), [(0, 3), (0.3, 1)])
def test_shared_cache_that_is_slow_is_left_alone(monkeypatch, seconds, asked):
    slow = Cache(seconds)
    monkeypatch.setattr("database.shared_cache.cache", slow)
    shared = SharedCache()
    answers = [shared.get("key") for _ in range(3)]
    assert (answers[0], slow.asked) == ("value", asked)


def test_claim_of_a_cache_that_is_away_succeeds(monkeypatch):
    monkeypatch.setattr("database.shared_cache.cache.add", lambda *arguments: None)
    assert [SharedCache().claim("key", 1) for _ in range(2)] == [True, True]
    monkeypatch.undo()
    assert [SharedCache().claim("key", 1) for _ in range(2)] == [True, False]
