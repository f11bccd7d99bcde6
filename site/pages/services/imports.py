"""Imports of products: checked whole in the background, applied in short transactions, each row once.

A process that dies leaves a state that the next one goes on from: rows carry their outcome, and an outcome
commits with its effect.
"""

import time
import uuid
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from database.transactions import entry_service, send_after_commit
from pages.enums import ImportState, RowOutcome
from pages.models import CatalogueImport, ImportRow
from pages.services.import_rows import RowsApplier
from pages.sheets.archives import PictureArchive
from pages.sheets.checking import Checked, Known, check_rows
from pages.sheets.reading import Sheet, SheetRefused, read_sheet

TASK = "pages.continue_imports"
ROWS_CHECKED_AT_ONCE = 250
ROWS_WITH_PICTURES_AT_ONCE = 25
ROWS_APPLIED_AT_ONCE = 50
# Of a transaction that applies rows: SQLite's one writer is free again for those who buy.
TRANSACTION_SECONDS = 0.4
PAUSE_SECONDS = 0.05
# Of a task: then other work of the queue gets its turn.
LONGEST_RUN_SECONDS = 20.0
# A process that said nothing for so long is lost.
LOST_AFTER = timedelta(seconds=60)
WAITING = (RowOutcome.NEW, RowOutcome.CHANGE)


def private_files() -> FileSystemStorage:
    """No address of the web server leads here."""
    return FileSystemStorage(location=settings.PRIVATE_DIR / "imports")


def bring_file(
    *, file: BinaryIO, name: str, pictures: BinaryIO | None, reason: str, user: User
) -> CatalogueImport:
    """Store what was brought, then say so; a worker checks it. `name` ends in .csv or .xlsx."""
    storage = private_files()
    stem, suffix = uuid.uuid4().hex, name.rpartition(".")[2].lower()
    stored = storage.save(f"{stem}.{suffix}", file)
    stored_pictures = storage.save(f"{stem}.zip", pictures) if pictures else ""
    return begin_import(
        file_name=name[:255], stored_file=stored, stored_pictures=stored_pictures, reason=reason, user=user
    )


@entry_service
def begin_import(
    *, file_name: str, stored_file: str, stored_pictures: str, reason: str, user: User
) -> CatalogueImport:
    run = CatalogueImport.objects.create(
        file_name=file_name,
        stored_file=stored_file,
        stored_pictures=stored_pictures,
        reason=reason[:200],
        user=user,
    )
    log(instance=run, action="haat.import_checked", user=user, data={"file": file_name, "reason": reason})
    send_after_commit(TASK)
    return run


def continue_all(*, seconds: float = LONGEST_RUN_SECONDS) -> bool:
    """Go on with what is begun, the oldest first. Returns whether something is left for another run."""
    ends_at = time.monotonic() + seconds
    begun = CatalogueImport.objects.filter(state__in=[ImportState.CHECKING, ImportState.APPLYING])
    for run in begun.order_by("pk"):
        if not claim(run_id=run.pk, at=timezone.now()):
            continue
        try:
            work = check_import if run.state == ImportState.CHECKING else apply_import
            work(run=run, ends_at=ends_at)
        finally:
            CatalogueImport.objects.filter(pk=run.pk).update(worked_at=None)
    return begun.filter(worked_at=None).exists()


@entry_service
def claim(*, run_id: int, at: datetime) -> bool:
    """Whether this process may work on it: nobody else does, or who did is lost."""
    free = Q(worked_at=None) | Q(worked_at__lt=at - LOST_AFTER)
    return CatalogueImport.objects.filter(free, pk=run_id).update(worked_at=at) == 1


def check_import(*, run: CatalogueImport, ends_at: float) -> None:
    """Work out what each row would do, some hundreds at a time, from where it stopped."""
    try:
        sheet, archive = open_files(run)
    except SheetRefused as error:
        refuse_import(run_id=run.pk, problem=str(error))
        return
    known = Known.read(sheet, archive=archive)
    set_total(run_id=run.pk, sheet=sheet)
    while time.monotonic() < ends_at:
        done = CatalogueImport.objects.values_list("rows_checked", flat=True).get(pk=run.pk)
        rows = sheet.rows[done : done + (ROWS_WITH_PICTURES_AT_ONCE if archive else ROWS_CHECKED_AT_ONCE)]
        if not rows:
            finish_checking(run_id=run.pk)
            return
        # Outside of the transaction: it reads, and decodes pictures.
        store_checked(run_id=run.pk, done=done, checked=check_rows(rows, known=known))


def open_files(run: CatalogueImport) -> tuple[Sheet, PictureArchive | None]:
    """Raises `SheetRefused`."""
    storage = private_files()
    try:
        with storage.open(run.stored_file) as file:
            sheet = read_sheet(file, name=run.stored_file)
    except FileNotFoundError as error:
        raise SheetRefused(_("The file is no longer there: bring it again.")) from error
    return sheet, open_pictures(run)


def open_pictures(run: CatalogueImport) -> PictureArchive | None:
    return PictureArchive(private_files().open(run.stored_pictures)) if run.stored_pictures else None


@entry_service
def refuse_import(*, run_id: int, problem: str) -> None:
    begun = CatalogueImport.objects.filter(pk=run_id, state=ImportState.CHECKING)
    begun.update(state=ImportState.REFUSED, problem=problem[:500], finished_at=timezone.now())


@entry_service
def set_total(*, run_id: int, sheet: Sheet) -> None:
    CatalogueImport.objects.filter(pk=run_id).update(rows_total=len(sheet.rows), columns=list(sheet.columns))


@entry_service
def store_checked(*, run_id: int, done: int, checked: list[Checked]) -> None:
    """Nothing where another process was first."""
    run = CatalogueImport.objects.select_for_update().get(pk=run_id)
    if run.rows_checked != done or run.state != ImportState.CHECKING:
        return
    ImportRow.objects.bulk_create(make_row(run, each) for each in checked)
    CatalogueImport.objects.filter(pk=run_id).update(
        rows_checked=done + len(checked), worked_at=timezone.now()
    )


def make_row(run: CatalogueImport, checked: Checked) -> ImportRow:
    return ImportRow(
        run=run,
        line=checked.row.line,
        sku=checked.row.cells.get("sku", "")[:255],
        is_variant=checked.is_variant,
        cells=checked.row.cells,
        changes=[asdict(change) for change in checked.changes],
        outcome=checked.outcome,
        problem=checked.problem[:500],
    )


@entry_service
def finish_checking(*, run_id: int) -> None:
    begun = CatalogueImport.objects.filter(pk=run_id, state=ImportState.CHECKING)
    begun.update(state=ImportState.CHECKED)


@entry_service
def start_applying(*, run_id: int, user: User) -> bool:
    """Let a worker apply the rows that are good. Returns whether this call started it."""
    run = CatalogueImport.objects.select_for_update().get(pk=run_id)
    if run.state != ImportState.CHECKED:
        return False
    CatalogueImport.objects.filter(pk=run_id).update(state=ImportState.APPLYING)
    data = {"file": run.file_name, "reason": run.reason, "rows": run.rows_total}
    log(instance=run, action="haat.import_applied", user=user, data=data)
    send_after_commit(TASK)
    return True


def apply_import(*, run: CatalogueImport, ends_at: float) -> None:
    archive = open_pictures(run)
    while time.monotonic() < ends_at:
        waiting = list(find_waiting(run)[:ROWS_APPLIED_AT_ONCE])
        # Files come before transactions; what no row took is thrown away after it.
        applier = RowsApplier(run=run, archive=archive)
        applier.store_pictures(waiting)
        try:
            is_more = apply_next_rows(run_id=run.pk, applier=applier)
        finally:
            applier.drop_unused_files()
        if not is_more:
            return
        time.sleep(PAUSE_SECONDS)


def find_waiting(run: CatalogueImport):
    return run.rows.filter(outcome__in=WAITING).order_by("is_variant", "line")


@entry_service
def apply_next_rows(*, run_id: int, applier: RowsApplier) -> bool:
    """Apply rows for `TRANSACTION_SECONDS`. Returns whether there may be more.

    The import's row is locked, so two processes take different rows.
    """
    ends_at = time.monotonic() + TRANSACTION_SECONDS
    run = CatalogueImport.objects.select_for_update().get(pk=run_id)
    if run.state != ImportState.APPLYING:
        return False
    rows = list(find_waiting(run)[:ROWS_APPLIED_AT_ONCE])
    if not rows:
        finished = {"state": ImportState.DONE, "finished_at": timezone.now()}
        CatalogueImport.objects.filter(pk=run_id).update(**finished)
        return False
    applier.prepare(rows)
    done = []
    for row in rows:
        if done and time.monotonic() > ends_at:
            break
        applier.apply(row)
        done.append(row)
    ImportRow.objects.bulk_update(done, ["outcome", "problem"])
    CatalogueImport.objects.filter(pk=run_id).update(worked_at=timezone.now())
    return True


def count_rows(run: CatalogueImport) -> dict[str, int]:
    """How many rows came to what; every outcome is named."""
    rows = run.rows.order_by().values_list("outcome").annotate(count=Count("pk"))
    return dict.fromkeys(RowOutcome.values, 0) | dict(rows)


def forget_unapplied(*, before: datetime) -> None:
    """Throw away what was brought and never applied, and the files of all that is over."""
    old = CatalogueImport.objects.filter(created_at__lt=before)
    storage = private_files()
    over = old.exclude(state=ImportState.APPLYING)
    for names in over.values_list("stored_file", "stored_pictures"):
        for name in filter(None, names):
            storage.delete(name)
    delete_unapplied(before=before)


@entry_service
def delete_unapplied(*, before: datetime) -> None:
    never = [ImportState.CHECKING, ImportState.CHECKED, ImportState.REFUSED]
    CatalogueImport.objects.filter(created_at__lt=before, state__in=never).delete()
