"""Background work of pages."""

from datetime import timedelta

from celery import current_app, shared_task
from django.core.management import call_command
from django.utils import timezone

from pages.services import bulk_changes, imports
from pages.services.invariants import report_problems
from pages.services.pictures import render_missing


@shared_task(name="pages.publish_scheduled_pages")
def publish_scheduled_pages() -> None:
    """Publish and unpublish what is due."""
    call_command("publish_scheduled")


@shared_task(name="pages.render_missing_pictures")
def render_missing_pictures() -> None:
    render_missing()


@shared_task(name="pages.check_invariants", soft_time_limit=1800, time_limit=1860)
def check_invariants() -> None:
    """Every night: staff hear of what is off before customers do."""
    report_problems(on=timezone.localdate())


@shared_task(name="pages.continue_bulk_changes")
def continue_bulk_changes() -> None:
    bulk_changes.continue_all()


@shared_task(name="pages.forget_unapplied_changes")
def forget_unapplied_changes() -> None:
    before = timezone.now() - timedelta(days=bulk_changes.FORGOTTEN_AFTER_DAYS)
    bulk_changes.forget_unapplied(before=before)
    imports.forget_unapplied(before=before)


@shared_task(name="pages.continue_imports")
def continue_imports() -> None:
    """Some seconds of it; what is left is asked for again, so that other work gets its turn."""
    if imports.continue_all():
        current_app.send_task(imports.TASK)
