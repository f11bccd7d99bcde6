import logging
import time
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection, connections, transaction

from database import transactions
from database.transactions import Busy, entry_service, is_lost, is_passing, send_after_commit
from shop.models import Tag


@pytest.mark.parametrize(
    "error",
    [
        OperationalError(1205, "Lock wait timeout exceeded"),
        OperationalError(1213, "Deadlock found when trying to get lock"),
        OperationalError(1020, "Record has changed since last read"),
        OperationalError("database is locked"),
        OperationalError("database table is locked: shop_product"),
    ],
)
def test_error_of_a_busy_database_passes(error):
    assert is_passing(error)


@pytest.mark.parametrize(
    "error",
    [
        OperationalError(2006, "Server has gone away"),
        OperationalError("no such table: x"),
        OperationalError(),
    ],
)
def test_other_error_does_not_pass(error):
    assert not is_passing(error)


@pytest.mark.parametrize("code", [2002, 2003, 2006, 2013])
def test_error_of_a_broken_connection_is_a_lost_server(code):
    assert is_lost(OperationalError(code, "Gone"))


@pytest.mark.parametrize("error", [OperationalError(1213, "Deadlock"), OperationalError()])
def test_other_error_is_no_lost_server(error):
    assert not is_lost(error)


@pytest.fixture
def _impatient(monkeypatch):
    monkeypatch.setattr(transactions, "FIRST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(transactions, "LONGEST_RETRY_SECONDS", 1.0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_impatient")
def test_entry_service_starts_again_where_the_server_was_lost():
    tries = []

    @entry_service
    def add_tag() -> None:
        tries.append(Tag.objects.count())
        Tag.objects.create(name="brass", slug="brass")
        if len(tries) == 1:
            raise OperationalError(2013, "Lost connection to server during query")

    add_tag()
    assert (tries, Tag.objects.count()) == ([0, 0], 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_impatient")
def test_entry_service_does_not_repeat_what_may_be_committed(monkeypatch):
    tries = []

    def lose() -> None:
        raise OperationalError(2013, "Lost connection to server during query")

    @entry_service
    def work() -> None:
        tries.append(1)
        monkeypatch.setattr(connection, "commit", lose)

    with pytest.raises(OperationalError, match="Lost connection"):
        work()
    assert tries == [1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_impatient")
def test_entry_service_starts_again_from_an_empty_transaction():
    tries = []

    @entry_service
    def add_tag(*, name: str) -> str:
        tries.append(Tag.objects.count())
        Tag.objects.create(name=name, slug=name)
        if len(tries) < 3:
            raise OperationalError(1213, "Deadlock found")
        return name

    assert add_tag(name="brass") == "brass"
    assert tries == [0, 0, 0]  # what a failed try wrote is gone before the next one
    assert Tag.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_impatient")
def test_entry_service_gives_up_with_a_sentence():
    tries = []

    @entry_service
    def never() -> None:
        tries.append(1)
        Tag.objects.create(name="Brass", slug="brass")
        raise OperationalError("database is locked")

    with pytest.raises(Busy, match="The shop is very busy right now") as busy:
        never()
    assert isinstance(busy.value.__cause__, OperationalError)
    assert len(tries) > 2
    assert Tag.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError("no such table: x"), ValueError("wrong")])
def test_entry_service_raises_other_errors_at_once_and_writes_nothing(error):
    tries = []

    @entry_service
    def fail() -> None:
        tries.append(1)
        Tag.objects.create(name="Brass", slug="brass")
        raise error

    with pytest.raises(type(error)):
        fail()
    assert (len(tries), Tag.objects.count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_entry_service_is_never_nested():
    @entry_service
    def inner() -> None: ...

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        inner()


def test_entry_service_keeps_its_name_and_words():
    @entry_service
    def place() -> None:
        """Place it."""

    assert (place.__name__, place.__doc__) == ("place", "Place it.")


@pytest.mark.django_db(transaction=True)
def test_entry_service_gives_up_sooner_where_it_is_told_to():
    tries = []

    @entry_service(within=0.0)
    def never() -> None:
        """Never."""
        tries.append(1)
        raise OperationalError("database is locked")

    with pytest.raises(Busy):
        never()
    assert (len(tries), never.__doc__) == (1, "Never.")


def test_retrying_takes_twelve_seconds_at_most():
    assert transactions.LONGEST_RETRY_SECONDS == 12


@pytest.mark.django_db(transaction=True)
def test_task_is_sent_after_the_commit(broker):
    with transaction.atomic():
        send_after_commit("shop.dust", 7, "shelf")
        assert broker.sent == []
    assert broker.sent == [("shop.dust", [7, "shelf"])]


@pytest.mark.django_db(transaction=True)
def test_task_is_not_sent_when_nothing_was_committed(broker):
    with transaction.atomic():
        send_after_commit("shop.dust", 7)
        transaction.set_rollback(True)
    assert broker.sent == []


@pytest.mark.django_db(transaction=True)
def test_broker_that_is_down_harms_neither_the_commit_nor_its_caller(broker, caplog):
    broker.error = ConnectionError("no broker")
    with caplog.at_level(logging.ERROR), transaction.atomic():
        Tag.objects.create(name="Brass", slug="brass")
        send_after_commit("shop.dust", 7)
    assert Tag.objects.count() == 1
    assert "no broker" in caplog.text


@pytest.fixture
def locked(transactional_db) -> Iterator[Tag]:
    """A row that somebody else writes, and does not let go: on SQLite the whole database."""
    tag = Tag.objects.create(name="Brass", slug="brass")
    other = connections.create_connection("default")
    other.settings_dict["NAME"] = connection.settings_dict["NAME"]
    other.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with other.cursor() as cursor:
        cursor.execute("UPDATE shop_tag SET name = 'Bronze' WHERE id = %s", [tag.pk])
    yield tag
    other.rollback()
    other.close()


@pytest.mark.race
@pytest.mark.parametrize("seconds", [1.0, 3.0])
def test_locked_row_is_waited_for_no_longer_than_the_service_may(locked, monkeypatch, seconds):
    """Razorpay's webhook has two seconds: neither SQLite's twenty nor MariaDB's five may pass instead."""

    @entry_service(within=seconds)
    def change() -> None:
        Tag.objects.filter(pk=locked.pk).update(name="Copper")

    began = time.monotonic()
    with pytest.raises(Busy):
        change()
    assert time.monotonic() - began < seconds + 1.2  # MariaDB counts whole seconds


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_impatient")
def test_entry_service_connects_anew_where_the_server_has_dropped_the_connection(monkeypatch):
    connection.ensure_connection()
    dropped, begin = connection.connection, connection.set_autocommit

    def set_autocommit(*args, **kwargs):
        if connection.connection is dropped:
            raise OperationalError(2006, "Server has gone away")
        return begin(*args, **kwargs)

    monkeypatch.setattr(connection, "set_autocommit", set_autocommit)
    assert entry_service(Tag.objects.count)() == 0
