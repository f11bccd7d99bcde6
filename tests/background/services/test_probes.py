import pytest
from celery import current_app
from django.core.cache import cache

from background.services import probes
from background.services.probes import ProbeFailed, probe_queues
from background.tasks import answer_probe


@pytest.fixture
def worker(monkeypatch):
    """Takes from every queue but the one that is named."""
    asleep = []

    def take(name, arguments, *, queue, expires):
        assert name == answer_probe.name
        if queue not in asleep:
            answer_probe(*arguments)

    monkeypatch.setattr(current_app, "send_task", take)
    return asleep


def test_every_queue_that_answers_is_told_with_its_time(worker):
    answered = probe_queues(queues=["emails", "reports"], wait_seconds=5)

    assert list(answered) == ["emails", "reports"]
    assert all(0 <= seconds < 5 for seconds in answered.values())


def test_queue_without_a_worker_is_named(worker):
    worker.append("reports")

    with pytest.raises(ProbeFailed, match=r"“reports” within 0\.1 seconds"):
        probe_queues(queues=["emails", "reports"], wait_seconds=0.1)


def test_broker_that_is_down_is_named(monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionError("refused")

    monkeypatch.setattr(current_app, "send_task", refuse)

    with pytest.raises(ProbeFailed, match="did not take a task for the queue “emails”: refused"):
        probe_queues(queues=["emails"], wait_seconds=1)


def test_cache_that_keeps_nothing_is_named(monkeypatch):
    monkeypatch.setattr(cache, "set", lambda *args: None)

    with pytest.raises(ProbeFailed, match="The cache keeps nothing"):
        probes.check_cache()
