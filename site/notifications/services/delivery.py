"""The way out of the outbox: claim a row, send it, write down what became of it."""

import logging
import smtplib
from datetime import timedelta

import requests
from anymail.exceptions import AnymailAPIError
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.module_loading import import_string
from urllib3.exceptions import NewConnectionError, SSLError

from database.backoff import find_pause
from notifications.enums import EmailStatus
from notifications.models import OutgoingAttachment, OutgoingEmail

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
GIVE_UP_AFTER = timedelta(days=1)
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)


def deliver_email(*, purpose: str) -> EmailStatus | None:
    """Send one mail that is due. Returns its new status, or None where it was not waiting."""
    now = timezone.now()
    if not OutgoingEmail.objects.filter(purpose=purpose).claim(now):
        return None
    email = OutgoingEmail.objects.get(purpose=purpose)
    try:
        send_message(build_message(email))
    except Exception as error:  # any transport may fail in any way; none may stop the sweep
        logger.warning("Mail %s was not sent: %s", purpose, error)
        record_failure(email=email, error=error)
    else:
        email.status, email.sent_at, email.last_error = EmailStatus.SENT, timezone.now(), ""
        email.save(update_fields=["status", "sent_at", "last_error"])
    return EmailStatus(email.status)


class AttachmentUnavailable(Exception):
    """A file of the mail cannot be read now: nothing was sent."""


class NotConnected(Exception):
    """The mail server could not be reached or did not let us in: nothing was sent."""


def send_message(message: EmailMultiAlternatives) -> None:
    """Send through a connection that was opened before, so that an error says on which side of it it is.

    Raises `NotConnected` where no message can have left, and whatever the transport raises after that.
    """
    try:
        message.connection.open()
    except Exception as error:
        raise NotConnected(f"{type(error).__name__}: {error}") from error
    try:
        message.send()
    finally:
        close_quietly(message.connection)


def close_quietly(connection: BaseEmailBackend) -> None:
    """The mail has left or not by now: a farewell that fails must not be taken for a failed mail."""
    try:
        connection.close()
    except Exception as error:
        logger.info("The connection to the mail server did not close: %s", error)


def build_message(email: OutgoingEmail) -> EmailMultiAlternatives:
    """The message with a Message-ID that depends on its purpose only, so that a lost answer can be settled."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    message = EmailMultiAlternatives(
        subject=email.subject,
        body=email.text,
        to=[email.to],
        headers={"Message-ID": f"<{email.purpose.replace(':', '.')}.{email.pk}@{domain}>"},
        connection=get_connection(settings.MAIL_TRANSPORT),
    )
    if email.html:
        message.attach_alternative(email.html, "text/html")
    for attachment in email.attachments.all():
        message.attach(attachment.name, load_attachment(attachment), attachment.content_type)
    return message


def load_attachment(attachment: OutgoingAttachment) -> bytes:
    """Raises `AttachmentUnavailable`: the mail waits for its file."""
    try:
        kind = attachment.reference.partition(":")[0]
        return import_string(settings.MAIL_ATTACHMENT_LOADERS[kind])(attachment.reference)
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        raise AttachmentUnavailable(f"{attachment.name}: {type(error).__name__}: {error}") from error


def record_failure(*, email: OutgoingEmail, error: Exception) -> None:
    """Plan the next try, or none: after a day, or where the mail may have left although no answer came."""
    now = timezone.now()
    email.last_error = f"{type(error).__name__}: {error}"[:2000]
    if is_answer_lost(error):
        email.status = EmailStatus.UNKNOWN
    elif now - email.created_at > GIVE_UP_AFTER:
        email.status = EmailStatus.FAILED
    else:
        email.status = EmailStatus.QUEUED
        email.send_after = now + find_pause(attempts=email.attempts, first=FIRST_PAUSE, longest=LONGEST_PAUSE)
    email.save(update_fields=["status", "send_after", "last_error"])


def is_answer_lost(error: Exception) -> bool:
    """Whether the mail may have left: an answer that timed out or broke, not a connection refused."""
    if isinstance(error, NotConnected):
        return False
    cause = error.__cause__ if isinstance(error, AnymailAPIError) else error
    if isinstance(cause, smtplib.SMTPException):
        # The server's own refusals carry its answer; a connection lost after it was open has none.
        return isinstance(cause, smtplib.SMTPServerDisconnected)
    if isinstance(cause, requests.ConnectionError):
        return not is_refused_connection(cause)
    lost = requests.ReadTimeout | requests.exceptions.ChunkedEncodingError | TimeoutError | ConnectionError
    return isinstance(cause, lost) and not isinstance(cause, ConnectionRefusedError)


def is_refused_connection(error: requests.ConnectionError) -> bool:
    """Whether nothing was sent at all: requests tells a refusal from a broken answer only by urllib3's reason."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError | SSLError)


def settle_stuck_emails() -> int:
    """Mark mails whose sender died in the middle: nobody knows whether they left."""
    stuck = OutgoingEmail.objects.stuck(timezone.now(), LEASE)
    return stuck.update(status=EmailStatus.UNKNOWN, last_error="The sender stopped before an answer came.")
