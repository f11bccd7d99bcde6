"""Running scheduled reports: each moment that is due once, however often somebody looks."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from database.transactions import entry_service
from notifications.services.outbox import queue_email
from reports.catalogue import REPORTS
from reports.enums import RunOutcome
from reports.mails import render_paused_mail, render_report_mail
from reports.models import ReportRun, ReportSchedule
from reports.periods import find_day
from reports.presets import resolve_period
from reports.questions import Filters, Question
from reports.recurrence import find_next_run
from reports.services.files import list_attachments, write_files
from reports.tables import Table

logger = logging.getLogger(__name__)

PERMISSION = "reports.view_reports"
MOST_FAILURES = 5
# A run that was started and not finished for so long has lost its process.
LOST_AFTER = timedelta(minutes=10)


class OwnerMayNotSee(Exception):
    """Who scheduled the report has left, or may not see reports any more."""

    def __init__(self) -> None:
        super().__init__("Its owner may not see reports any more.")


def plan_schedule(*, schedule: ReportSchedule, now: datetime) -> None:
    """Say when a new or changed schedule is due next, and forget its failures. The caller saves it."""
    schedule.next_run_at = None if schedule.is_paused else find_next_run(schedule, after=now)
    schedule.failures, schedule.pause_reason = 0, ""


def run_due_schedules(*, now: datetime) -> int:
    """Run what is due and what lost its process. Returns how many runs were tried."""
    due = ReportSchedule.objects.filter(next_run_at__lte=now, is_paused=False).values_list("pk", flat=True)
    runs = [run for pk in list(due) if (run := start_run(schedule_id=pk, now=now))]
    lost = ReportRun.objects.filter(outcome=RunOutcome.STARTED, started_at__lt=now - LOST_AFTER)
    runs += [run for run in lost.values_list("pk", flat=True) if restart_run(run_id=run, now=now)]
    for run_id in runs:
        try_run(run_id=run_id, now=now)
    return len(runs)


@entry_service
def start_run(*, schedule_id: int, now: datetime) -> int | None:
    """Write the run of a schedule that is due and plan the next one after `now`: what was missed is made up once."""
    schedules = ReportSchedule.objects.select_for_update().filter(pk=schedule_id, is_paused=False)
    schedule = schedules.filter(next_run_at__lte=now).first()
    if schedule is None:
        return None  # another process was first
    run = ReportRun.objects.create(schedule=schedule, due_at=schedule.next_run_at, started_at=now)
    schedule.next_run_at = find_next_run(schedule, after=now)
    schedule.save(update_fields=["next_run_at"])
    return run.pk


@entry_service
def restart_run(*, run_id: int, now: datetime) -> bool:
    """Take over a run whose process is lost. Only one of several callers gets it."""
    lost = ReportRun.objects.filter(pk=run_id, outcome=RunOutcome.STARTED, started_at__lt=now - LOST_AFTER)
    return lost.update(started_at=now) == 1


def try_run(*, run_id: int, now: datetime) -> None:
    """Make and mail the report of a run; write down what became of it."""
    run = ReportRun.objects.select_related("schedule__owner").get(pk=run_id)
    try:
        check_owner(run.schedule)
        table = answer(run.schedule, now=run.due_at)
        files = write_files(run=run, table=table)
    except Exception as error:  # whatever is wrong with one report, the others run
        logger.warning("Scheduled report %s failed: %s", run.schedule, error)
        fail_run(run_id=run_id, error=str(error) or type(error).__name__, now=now)
    else:
        finish_run(run_id=run_id, table=table, files=files, now=now)


def check_owner(schedule: ReportSchedule) -> None:
    owner = schedule.owner
    if schedule.is_the_shops_own:
        return
    if owner is None or not owner.is_active or not owner.has_perm(PERMISSION):
        raise OwnerMayNotSee


def answer(schedule: ReportSchedule, *, now: datetime) -> Table:
    """The report as it was due: a run that is made up late covers the same days."""
    return REPORTS[schedule.report].answer(make_question(schedule, now=now))


def make_question(schedule: ReportSchedule, *, now: datetime) -> Question:
    """Periods end with the day before the run: the day itself is not over."""
    yesterday = find_day(now) - timedelta(days=1)
    filters = Filters(
        collection_id=schedule.collection_id, tag_id=schedule.tag_id, state=schedule.state or None
    )
    period = resolve_period(schedule.period, today=yesterday)
    return Question(period=period, now=now, grain=schedule.grain, filters=filters)


@entry_service
def finish_run(*, run_id: int, table: Table, files: list[str], now: datetime) -> None:
    """Queue one mail per recipient and close the run, together."""
    run = ReportRun.objects.select_for_update().select_related("schedule").get(pk=run_id)
    if run.outcome != RunOutcome.STARTED:
        return
    question = make_question(run.schedule, now=run.due_at)
    mail = render_report_mail(run=run, question=question, table=table)
    for address in find_addresses(run.schedule):
        purpose = f"report:{run.pk}:{address}"[:120]
        queue_email(purpose=purpose, to=address, attachments=list_attachments(files), **mail)
    run.outcome, run.finished_at, run.files, run.error = RunOutcome.MAILED, timezone.now(), files, ""
    run.save(update_fields=["outcome", "finished_at", "files", "error"])
    ReportSchedule.objects.filter(pk=run.schedule_id).update(failures=0)


def find_addresses(schedule: ReportSchedule) -> list[str]:
    """Whom it goes to; without any address, all who may see reports now."""
    if schedule.addresses:
        return schedule.addresses
    staff = User.objects.with_perm(PERMISSION, backend="django.contrib.auth.backends.ModelBackend")
    return list(staff.exclude(email="").order_by("pk").values_list("email", flat=True))


@entry_service
def fail_run(*, run_id: int, error: str, now: datetime) -> None:
    """Write down why; after `MOST_FAILURES` in a row pause the schedule and tell its owner."""
    run = ReportRun.objects.select_for_update().get(pk=run_id)
    schedule = ReportSchedule.objects.select_for_update().select_related("owner").get(pk=run.schedule_id)
    run.outcome, run.finished_at, run.error = RunOutcome.FAILED, timezone.now(), error
    run.save(update_fields=["outcome", "finished_at", "error"])
    schedule.failures += 1
    if schedule.failures >= MOST_FAILURES:
        schedule.is_paused, schedule.next_run_at, schedule.pause_reason = True, None, error[:255]
        if schedule.owner:
            mail = render_paused_mail(schedule=schedule)
            queue_email(purpose=f"report-paused:{run.pk}", to=schedule.owner.email, **mail)
    schedule.save(update_fields=["failures", "is_paused", "next_run_at", "pause_reason"])


def send_test(*, schedule_id: int, to: str, now: datetime) -> None:
    """Mail the report as it would look now to one address, without a run."""
    schedule = ReportSchedule.objects.get(pk=schedule_id)
    table = answer(schedule, now=now)
    queue_test(schedule=schedule, table=table, to=to, now=now)


@entry_service
def queue_test(*, schedule: ReportSchedule, table: Table, to: str, now: datetime) -> None:
    run = ReportRun(schedule=schedule, due_at=now)
    mail = render_report_mail(run=run, question=make_question(schedule, now=now), table=table)
    queue_email(purpose=f"report-test:{schedule.pk}:{now.timestamp()}", to=to, **mail)
