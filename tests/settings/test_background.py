import re

from django.conf import settings

from tests.settings.fresh import ROOT


def test_workers_take_from_every_queue_that_tasks_go_to():
    worker = next(line for line in (ROOT / "Procfile").read_text().splitlines() if line.startswith("worker:"))
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}

    assert re.search(r"--queues (\S+)", worker)[1].split(",") == list(settings.QUEUES)
    assert routed | {settings.CELERY_TASK_DEFAULT_QUEUE} == set(settings.QUEUES)
