"""All that must hold, of every floor: checked on demand, and every night with a mail to staff."""

import time
from datetime import date

from checkout import invariants as checkout
from checkout.services.concerns import tell_staff
from database.transactions import entry_service
from pages import invariants as pages

CHECKS = (*checkout.CHECKS, *pages.CHECKS)
LONGEST_LIST = 50


def find_problems() -> list[str]:
    return [problem for check in CHECKS for problem in check()]


def find_lasting_problems(*, pause: float) -> list[str]:
    """What is off now and still is `pause` seconds later.

    A check reads more than once, and orders that are placed in between look odd for a moment.
    """
    found = find_problems()
    if not found:
        return []
    time.sleep(pause)
    still = set(find_problems())
    return [problem for problem in found if problem in still]


def report_problems(*, on: date, pause: float = 10.0) -> list[str]:
    """Mail staff what is off, once a day at most. Returns it."""
    problems = find_lasting_problems(pause=pause)
    if problems:
        mail_problems(problems=problems, on=on)
    return problems


@entry_service
def mail_problems(*, problems: list[str], on: date) -> None:
    more = len(problems) - LONGEST_LIST
    lines = problems[:LONGEST_LIST] + (
        [f"and {more} more: run manage.py check_invariants"] if more > 0 else []
    )
    tell_staff(
        purpose=f"invariants:{on:%Y-%m-%d}",
        title=f"{len(problems)} things in the shop's books do not agree.",
        lines=lines,
        path="/admin/",
    )
