"""What the mail service reports of a mail: its row moves on, forward only, and each report counts once."""

import logging
import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Coalesce

from database.transactions import entry_service
from notifications.enums import REPORT_RANK, ConsentTopic, EmailStatus, EmailStep, SuppressionReason
from notifications.models import EmailEvent, OutgoingEmail
from notifications.services.consents import normalise, withdraw_topics
from notifications.services.suppressions import suppress

logger = logging.getLogger(__name__)

# The end of our own Message-IDs: the row's id before the domain.
ROW_IN_MESSAGE_ID = re.compile(r"\.(\d{1,18})@[^@]*$")
STATUS_AFTER = {
    EmailStep.DELIVERED: EmailStatus.DELIVERED,
    EmailStep.OPENED: EmailStatus.OPENED,
    EmailStep.CLICKED: EmailStatus.CLICKED,
    EmailStep.BOUNCED: EmailStatus.BOUNCED,
    EmailStep.COMPLAINED: EmailStatus.COMPLAINED,
}


@dataclass(frozen=True)
class Report:
    """One event as the mail service tells it. `is_bad_address`: a bounce that no second try would change."""

    event_id: str
    step: EmailStep
    at: datetime
    recipient: str
    mail_id: str = ""
    message_id: str = ""
    detail: str = ""
    is_bad_address: bool = False


@entry_service
def record_report(*, report: Report) -> bool:
    """Write an event down and let it take effect. False where it is known already, or of no mail of ours."""
    email = find_email(report)
    if email is None:
        logger.info("The mail service reported “%s” of a mail that is not ours.", report.step)
        return False
    # The lock makes the reports of one mail queue up; the unique id is the guard where rows are not locked.
    email = OutgoingEmail.objects.select_for_update().get(pk=email.pk)
    if EmailEvent.objects.filter(event_id=report.event_id).exists():
        return False
    EmailEvent.objects.create(
        email=email, event_id=report.event_id, step=report.step, at=report.at, detail=report.detail
    )
    move_on(email, report)
    act_on_address(report)
    return True


def find_email(report: Report) -> OutgoingEmail | None:
    """By the id in our metadata, or that in our Message-ID, if it went to this very address."""
    in_message = ROW_IN_MESSAGE_ID.search(report.message_id.strip("<>"))
    row_id = report.mail_id or (in_message[1] if in_message else "")
    if not row_id.isdecimal() or len(row_id) > 18:
        return None
    email = OutgoingEmail.objects.filter(pk=int(row_id)).first()
    return email if email and normalise(email.to) == normalise(report.recipient) else None


def move_on(email: OutgoingEmail, report: Report) -> None:
    rank = REPORT_RANK.get(EmailStatus(email.status), 0)
    if report.step == EmailStep.REJECTED:
        if rank < REPORT_RANK[EmailStatus.DELIVERED]:
            update(
                email, status=EmailStatus.FAILED, last_error=f"Refused by the mail service: {report.detail}"
            )
    elif report.step in STATUS_AFTER and REPORT_RANK[STATUS_AFTER[report.step]] > rank:
        # A mail that waited for another try, or for an answer, has left after all.
        left_at = Coalesce("sent_at", Value(report.at))
        update(email, status=STATUS_AFTER[report.step], sent_at=left_at, last_error="")


def update(email: OutgoingEmail, **columns) -> None:
    OutgoingEmail.objects.filter(pk=email.pk).update(**columns)


def act_on_address(report: Report) -> None:
    """Whom a mail cannot reach, or who does not want it, gets no other."""
    if report.step == EmailStep.COMPLAINED:
        reason = SuppressionReason.COMPLAINED
    elif report.step == EmailStep.BOUNCED and report.is_bad_address:
        reason = SuppressionReason.BOUNCED
    else:
        if report.step == EmailStep.UNSUBSCRIBED:
            withdraw_topics(
                address=report.recipient, topics=ConsentTopic.values, how="at the mail service", at=report.at
            )
        return
    suppress(address=report.recipient, reason=reason, detail=report.detail, at=report.at)
