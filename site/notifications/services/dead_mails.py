"""Mails that nobody will send by themselves any more: put before staff, who may send them again."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from database.sweeps import SWEEP_SIZE, sweep
from database.transactions import entry_service, send_after_commit
from notifications.enums import EmailStatus, EmailStep
from notifications.models import EmailEvent, OutgoingEmail
from notifications.services.outbox import DELIVERY_TASK

SILENT_AFTER = timedelta(days=1)
RESENDABLE = (EmailStatus.FAILED, EmailStatus.UNKNOWN, EmailStatus.SUPPRESSED, EmailStatus.BOUNCED)
# Of mails to staff they get no further one: it would go the same way.
TO_STAFF = "staff_"


def report_dead_emails(*, now: datetime) -> int:
    """Put mails that were given up, or of which nothing was heard for a day, before staff. Returns how many."""
    dead = OutgoingEmail.objects.dead(now - SILENT_AFTER).filter(reported_at=None)
    ids = dead.order_by("pk").values_list("pk", flat=True)[:SWEEP_SIZE]
    return sweep(lambda pk: report_dead_email(email_id=pk, now=now), ids)


@entry_service
def report_dead_email(*, email_id: int, now: datetime) -> bool:
    """Once for each mail. False where it was reported, or is not dead any more."""
    dead = OutgoingEmail.objects.dead(now - SILENT_AFTER).filter(pk=email_id, reported_at=None)
    if not dead.update(reported_at=now):
        return False
    email = OutgoingEmail.objects.get(pk=email_id)
    EmailEvent.objects.create(email=email, step=EmailStep.REPORTED, at=now)
    import_string(settings.STAFF_CONCERNS)(
        subject=f"mail-dead:{email.pk}",
        text=explain(email),
        about=email.about,
        tells_staff=not email.kind.startswith(TO_STAFF),
    )
    return True


def explain(email: OutgoingEmail) -> str:
    if email.status == EmailStatus.FAILED:
        sentence = _("The mail “%(subject)s” to %(to)s could not be sent: %(error)s")
    else:
        sentence = _(
            "Nobody knows whether the mail “%(subject)s” to %(to)s arrived: the mail service gave no answer "
            "and reported nothing for a day (%(error)s). You can send it again under Mails."
        )
    return sentence % {"subject": email.subject, "to": email.to, "error": email.last_error[:300]}


@entry_service
def resend_email(*, email_id: int, at: datetime) -> bool:
    """Queue a mail again that is given up, unknown, suppressed or bounced; staff decide that.

    It keeps its Message-ID: whoever has it sees one mail. False where it is in none of these states.
    """
    rows = OutgoingEmail.objects.filter(pk=email_id, status__in=RESENDABLE)
    if not rows.update(status=EmailStatus.QUEUED, send_after=at, attempts=0, reported_at=None, last_error=""):
        return False
    email = OutgoingEmail.objects.get(pk=email_id)
    EmailEvent.objects.create(email=email, step=EmailStep.RESENT, at=at)
    send_after_commit(DELIVERY_TASK, email.purpose)
    return True
