"""A task that goes through the real broker and comes back: proof that a worker takes from a queue."""

import time
import uuid
from collections.abc import Sequence

from celery import current_app
from django.core.cache import cache

TASK = "background.answer_probe"
POLL_SECONDS = 0.2
KEPT_SECONDS = 600


class ProbeFailed(Exception):
    """Says which part of the installation does not answer."""


def probe_queues(*, queues: Sequence[str], wait_seconds: float) -> dict[str, float]:
    """Send a task through each queue and wait for its answer in the cache. Returns queue → seconds it took.

    Raises `ProbeFailed` where the cache keeps nothing, the broker takes nothing or no worker answers in time.
    """
    check_cache()
    sent_at = {}
    tokens = {queue: uuid.uuid4().hex for queue in queues}
    for queue, token in tokens.items():
        sent_at[queue] = time.monotonic()
        send_probe(queue, token)
    return {
        queue: wait_for_answer(queue, token, since=sent_at[queue], wait_seconds=wait_seconds)
        for queue, token in tokens.items()
    }


def check_cache() -> None:
    """The answer comes by the cache, which all processes share."""
    token = uuid.uuid4().hex
    cache.set(make_key(token), "kept", KEPT_SECONDS)
    if cache.get(make_key(token)) != "kept":
        raise ProbeFailed("The cache keeps nothing: is Redis up, and does REDIS_URL name it?")


def send_probe(queue: str, token: str) -> None:
    try:
        current_app.send_task(TASK, [token], queue=queue, expires=KEPT_SECONDS)
    except Exception as error:  # each transport has errors of its own
        raise ProbeFailed(f"The broker did not take a task for the queue “{queue}”: {error}") from error


def wait_for_answer(queue: str, token: str, *, since: float, wait_seconds: float) -> float:
    while time.monotonic() - since < wait_seconds:
        if cache.get(make_key(token)):
            return time.monotonic() - since
        time.sleep(POLL_SECONDS)
    raise ProbeFailed(
        f"No worker took a task from the queue “{queue}” within {wait_seconds:g} seconds: is one running for it?"
    )


def answer_probe(*, token: str) -> None:
    cache.set(make_key(token), "answered", KEPT_SECONDS)


def make_key(token: str) -> str:
    return f"background-probe:{token}"
