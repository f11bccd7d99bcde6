import pytest

from notifications.models import OutgoingAttachment, OutgoingEmail
from notifications.services.delivery import build_message
from reports.models import ReportRun
from reports.services.files import load_attachment
from reports.services.schedules import run_due_schedules
from tests.reports.services.test_schedules import MONDAY_8, make_schedule

pytestmark = pytest.mark.django_db


def test_files_are_kept_with_the_run_and_go_with_its_mail():
    make_schedule(attach_csv=True, attach_xlsx=True)
    run_due_schedules(now=MONDAY_8)
    run = ReportRun.objects.get()
    assert run.files == [f"{run.pk}/sales-2026-03-02.csv", f"{run.pk}/sales-2026-03-02.xlsx"]
    message = build_message(OutgoingEmail.objects.get(purpose__startswith="report:"))
    assert [(name, kind) for name, _content, kind in message.attachments] == [
        ("sales-2026-03-02.csv", "text/csv"),
        (
            "sales-2026-03-02.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ]
    table = load_attachment(f"report:{run.files[0]}").decode("utf-8-sig")
    assert table.startswith("Period,Orders,Units")


def test_mail_without_files_has_none():
    make_schedule()
    run_due_schedules(now=MONDAY_8)
    assert not OutgoingAttachment.objects.exists()


def test_file_that_is_gone_is_an_error():
    with pytest.raises(FileNotFoundError):
        load_attachment("report:1/nothing.csv")
