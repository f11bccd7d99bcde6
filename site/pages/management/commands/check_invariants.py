"""Proves the invariants of the data; for operators, for a nightly job, and after faults."""

import sys

from django.core.management.base import BaseCommand

from pages.services.invariants import CHECKS, find_problems


class Command(BaseCommand):
    help = "Check that stock, orders, money, mail and pages agree. Exit 1 and a list when something is off."

    def handle(self, *args, **options) -> None:
        problems = find_problems()
        for problem in problems:
            self.stdout.write(self.style.ERROR(problem))
        if problems:
            sys.exit(1)
        self.stdout.write(f"{len(CHECKS)} checks, nothing is off.")
