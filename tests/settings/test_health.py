import pytest
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

LIVE, READY = "/health/live/", "/health/ready/"


@pytest.mark.django_db
def test_live(client, count_queries):
    with count_queries(0):
        response = client.get(LIVE)
    assert (response.status_code, response.content) == (200, b'{"status": "ok"}')
    assert "no-store" in response.headers["Cache-Control"]


def test_live_while_the_database_is_away(client):
    """Without the fixture `db`, every query fails."""
    assert client.get(LIVE).status_code == 200


@pytest.mark.django_db
def test_ready(client):
    response = client.get(READY)
    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": "ok"})
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_not_ready_while_the_database_is_away(client, monkeypatch, error):
    def fail(*args):
        raise error("away")

    monkeypatch.setattr("settings.health.MigrationExecutor", fail)
    response = client.get(READY)
    assert (response.status_code, response.json()) == (503, {"status": "unavailable", "database": "down"})


@pytest.mark.django_db
def test_not_ready_before_the_database_is_migrated(client):
    MigrationRecorder(connection).migration_qs.filter(app="checkout").delete()
    response = client.get(READY)
    expected = (503, {"status": "unavailable", "database": "not migrated"})
    assert (response.status_code, response.json()) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("path", [LIVE, READY])
def test_health_is_only_read(client, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200
