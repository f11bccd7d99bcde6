from django.core.management.base import BaseCommand
from django.utils import timezone

from reports.services.summaries import rebuild_summaries


class Command(BaseCommand):
    help = "Add up the sales of every day that is over, anew. Safe to stop and to run again."

    def handle(self, *args, **options) -> None:
        count = 0
        for count, _day in enumerate(rebuild_summaries(today=timezone.localdate()), start=1):
            if count % 30 == 0:
                self.stdout.write(f"{count} days")
        self.stdout.write(self.style.SUCCESS(f"{count} days are added up."))
