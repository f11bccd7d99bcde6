"""Proves the invariants of the data; for operators, for a nightly job, and after faults."""

import sys

from django.core.management.base import BaseCommand

from checkout import invariants as checkout
from pages import invariants as pages


class Command(BaseCommand):
    help = "Check that stock, orders, money, mail and pages agree. Exit 1 and a list when something is off."

    def handle(self, *args, **options) -> None:
        checks = (*checkout.CHECKS, *pages.CHECKS)
        problems = [problem for check in checks for problem in check()]
        for problem in problems:
            self.stdout.write(self.style.ERROR(problem))
        if problems:
            sys.exit(1)
        self.stdout.write(f"{len(checks)} checks, nothing is off.")
