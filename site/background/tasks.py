"""The answer to a probe; it runs in whichever worker takes it."""

from celery import shared_task

from background.services import probes


@shared_task(name=probes.TASK)
def answer_probe(token: str) -> None:
    probes.answer_probe(token=token)
