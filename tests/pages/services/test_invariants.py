from datetime import date

import pytest
from django.core.management import call_command

from notifications.models import OutgoingEmail
from pages.services import invariants
from pages.services.invariants import find_lasting_problems, report_problems
from pages.tasks import check_invariants
from shop.models import Product
from tests.factories.catalogue import make_item

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 22)


@pytest.fixture
def spoil(settings):
    """A shop whose books do not agree."""
    settings.STAFF_EMAILS = ["desk@example.com"]
    product = make_item(inventory=5)
    Product.objects.filter(pk=product.pk).update(inventory=6)
    return product


def test_staff_are_told_once_a_day_what_is_off(spoil):
    for _ in range(2):
        problems = report_problems(on=ON, pause=0)
    assert f"Product {spoil.pk}: inventory 6, movements 5." in problems
    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.purpose.startswith("invariants:2026-11-22:")) == ("desk@example.com", True)
    assert mail.subject == f"For staff: {len(problems)} things in the shop's books do not agree."
    assert f"- Product {spoil.pk}: inventory 6, movements 5." in mail.text


def test_nobody_is_told_while_everything_agrees(monkeypatch):
    monkeypatch.setattr(invariants, "CHECKS", ())
    assert report_problems(on=ON) == []
    assert OutgoingEmail.objects.count() == 0


def test_problem_that_passes_is_none(monkeypatch):
    answers = iter([["A", "B"], ["B"]])
    monkeypatch.setattr(invariants, "find_problems", lambda: next(answers))
    assert find_lasting_problems(pause=0) == ["B"]


def test_long_list_is_cut(settings):
    settings.STAFF_EMAILS = ["desk@example.com"]
    invariants.mail_problems(problems=[f"Problem {number}" for number in range(60)], on=ON)
    text = OutgoingEmail.objects.get().text
    assert ("Problem 49" in text, "Problem 50" in text, "and 10 more" in text) == (True, False, True)


def test_nightly_job_checks_today(monkeypatch):
    asked = []
    monkeypatch.setattr("pages.tasks.report_problems", lambda **fields: asked.append(fields))
    check_invariants()
    assert list(asked[0]) == ["on"]


def test_command_lists_what_is_off_and_fails(spoil, capsys):
    with pytest.raises(SystemExit) as exit_info:
        call_command("check_invariants")
    assert exit_info.value.code == 1
    assert f"Product {spoil.pk}: inventory 6, movements 5." in capsys.readouterr().out


def test_command_says_that_nothing_is_off(monkeypatch, capsys):
    monkeypatch.setattr("pages.management.commands.check_invariants.find_problems", list)
    call_command("check_invariants")
    assert "checks, nothing is off." in capsys.readouterr().out
