"""Files of scheduled reports: kept privately, attached to mails, handed out to who may see them."""

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from notifications.services.outbox import Attachment
from reports.catalogue import REPORTS
from reports.exports import write_csv, write_xlsx
from reports.models import ReportRun
from reports.periods import find_day
from reports.tables import Table
from shop.spreadsheets import TYPES

KIND = "report"  # of a reference in the outbox


def private_files() -> FileSystemStorage:
    """No address of the web server leads here."""
    return FileSystemStorage(location=settings.PRIVATE_DIR / "reports")


def write_files(*, run: ReportRun, table: Table) -> list[str]:
    """Store what is to be attached; the same run writes the same names again."""
    report = REPORTS[run.schedule.report]
    stem = f"{run.pk}/{report.name}-{find_day(run.due_at).isoformat()}"
    wanted = {}
    if run.schedule.attach_csv:
        wanted[f"{stem}.csv"] = write_csv(table)
    if run.schedule.attach_xlsx:
        wanted[f"{stem}.xlsx"] = write_xlsx(table, title=str(report.title))
    storage = private_files()
    for name, content in wanted.items():
        storage.delete(name)
        storage.save(name, ContentFile(content))
    return list(wanted)


def list_attachments(names: list[str]) -> list[Attachment]:
    return [
        Attachment(
            name=name.rpartition("/")[2],
            reference=f"{KIND}:{name}",
            content_type=TYPES[name.rpartition(".")[2]],
        )
        for name in names
    ]


def load_attachment(reference: str) -> bytes:
    """What `settings.MAIL_ATTACHMENT_LOADERS` names. Raises `FileNotFoundError`."""
    with private_files().open(reference.partition(":")[2]) as file:
        return file.read()
