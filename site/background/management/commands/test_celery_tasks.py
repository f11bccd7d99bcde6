from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from background.services.probes import ProbeFailed, probe_queues


class Command(BaseCommand):
    help = "Send a task through every queue of the running installation and wait until a worker has answered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--wait", type=float, default=30.0, help="Seconds to wait for each answer (30).")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answered = probe_queues(queues=settings.QUEUES, wait_seconds=options["wait"])
        except ProbeFailed as error:
            raise CommandError(str(error)) from error
        for queue, seconds in answered.items():
            self.stdout.write(f"{queue}: answered in {seconds:.1f} s")
