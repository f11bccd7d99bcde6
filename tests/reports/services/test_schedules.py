from datetime import date, datetime, time, timedelta

import pytest

from notifications.models import OutgoingEmail
from reports.enums import RunOutcome
from reports.models import ReportRun, ReportSchedule
from reports.periods import Period, midnight
from reports.services import schedules
from reports.services.schedules import (
    make_question,
    plan_schedule,
    run_due_schedules,
    send_test,
)
from tests.factories.catalogue import make_item
from tests.factories.users import make_admin, make_staff
from tests.reports.history import pay_on

pytestmark = pytest.mark.django_db

SUNDAY = date(2026, 3, 1)
MONDAY_8 = midnight(date(2026, 3, 2)) + timedelta(hours=8)


def make_schedule(*, now: datetime = MONDAY_8 - timedelta(hours=1), **fields) -> ReportSchedule:
    fields.setdefault("owner", None if fields.get("is_the_shops_own") else make_admin())
    schedule = ReportSchedule(
        **{
            "title": "Yesterday",
            "report": "sales",
            "period": "1",
            "at": time(8, 0),
            "recipients": "asha@example.com",
            **fields,
        }
    )
    plan_schedule(schedule=schedule, now=now)
    schedule.save()
    return schedule


def outcomes() -> list[tuple[datetime, str]]:
    return list(ReportRun.objects.order_by("due_at").values_list("due_at", "outcome"))


def test_due_report_is_mailed_to_everybody_once():
    pay_on(SUNDAY, (make_item(unit_price="100.00"), 2))
    schedule = make_schedule(recipients="asha@example.com\nravi@example.com")
    assert run_due_schedules(now=MONDAY_8 - timedelta(seconds=1)) == 0
    assert run_due_schedules(now=MONDAY_8) == 1
    assert run_due_schedules(now=MONDAY_8) == 0
    mails = OutgoingEmail.objects.filter(purpose__startswith="report:").order_by("to")
    assert [(mail.to, mail.subject) for mail in mails] == [
        ("asha@example.com", "Yesterday: 1 Mar – 1 Mar 2026"),
        ("ravi@example.com", "Yesterday: 1 Mar – 1 Mar 2026"),
    ]
    assert "Total sales: ₹220" in mails[0].text
    assert "₹220" in mails[0].html
    assert outcomes() == [(MONDAY_8, RunOutcome.MAILED)]
    schedule.refresh_from_db()
    assert schedule.next_run_at == MONDAY_8 + timedelta(days=1)


def test_runs_missed_while_the_server_was_down_are_made_up_once():
    make_schedule()
    back = MONDAY_8 + timedelta(days=3, minutes=5)
    assert run_due_schedules(now=back) == 1
    assert run_due_schedules(now=back) == 0
    assert outcomes() == [(MONDAY_8, RunOutcome.MAILED)]
    assert ReportSchedule.objects.get().next_run_at == MONDAY_8 + timedelta(days=4)


def test_run_made_up_late_covers_the_days_it_was_due_for():
    schedule = make_schedule(period="7")
    assert make_question(schedule, now=MONDAY_8).period == Period(date(2026, 2, 23), SUNDAY)


def test_run_whose_process_was_killed_is_taken_over_and_mailed_once(monkeypatch):
    make_schedule()

    def die(**run):
        raise SystemExit

    monkeypatch.setattr(schedules, "try_run", die)
    with pytest.raises(SystemExit):
        run_due_schedules(now=MONDAY_8)
    monkeypatch.undo()
    assert outcomes() == [(MONDAY_8, RunOutcome.STARTED)]
    assert run_due_schedules(now=MONDAY_8 + timedelta(minutes=10)) == 0
    assert run_due_schedules(now=MONDAY_8 + timedelta(minutes=11)) == 1
    assert run_due_schedules(now=MONDAY_8 + timedelta(minutes=22)) == 0
    assert outcomes() == [(MONDAY_8, RunOutcome.MAILED)]
    assert OutgoingEmail.objects.filter(purpose__startswith="report:").count() == 1


def test_owner_who_may_not_see_reports_any_more_stops_them():
    schedule = make_schedule()
    type(schedule.owner).objects.filter(pk=schedule.owner_id).update(is_active=False)
    run_due_schedules(now=MONDAY_8)
    run = ReportRun.objects.get()
    assert (run.outcome, run.error) == (RunOutcome.FAILED, "Its owner may not see reports any more.")
    assert not OutgoingEmail.objects.filter(purpose__startswith="report:").exists()


def test_five_failures_in_a_row_pause_it_and_tell_the_owner(monkeypatch):
    schedule = make_schedule()
    monkeypatch.setattr(schedules, "answer", fail)
    for day in range(6):
        run_due_schedules(now=MONDAY_8 + timedelta(days=day))
    schedule.refresh_from_db()
    assert (schedule.is_paused, schedule.failures, schedule.next_run_at) == (True, 5, None)
    assert ReportRun.objects.count() == 5
    mail = OutgoingEmail.objects.get(purpose__startswith="report-paused:")
    assert (mail.to, mail.subject) == (schedule.owner.email, "The report “Yesterday” is paused")
    assert "No space left" in mail.text


def fail(*args, **kwargs):
    raise OSError("No space left")


def test_success_forgets_earlier_failures():
    schedule = make_schedule()
    ReportSchedule.objects.update(failures=4)
    run_due_schedules(now=MONDAY_8)
    schedule.refresh_from_db()
    assert schedule.failures == 0


def test_paused_schedule_does_not_run():
    make_schedule(is_paused=True)
    assert run_due_schedules(now=MONDAY_8) == 0


def test_test_mail_goes_to_one_address_and_is_no_run():
    schedule = make_schedule()
    send_test(schedule_id=schedule.pk, to="me@example.com", now=MONDAY_8)
    assert OutgoingEmail.objects.get().to == "me@example.com"
    assert ReportRun.objects.count() == 0


def test_shops_own_report_goes_to_all_who_may_see_reports():
    make_admin(email="boss@example.com")
    make_staff(email="clerk@example.com")
    make_schedule(is_the_shops_own=True, recipients="", report="daily")
    run_due_schedules(now=MONDAY_8)
    mails = OutgoingEmail.objects.filter(purpose__startswith="report:")
    assert [mail.to for mail in mails] == ["boss@example.com"]
    assert "Orders" in mails[0].text
