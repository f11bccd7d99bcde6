"""The way out of the outbox: claim a row, send it, write down what became of it."""

import logging
import smtplib
from datetime import datetime, timedelta

import requests
from anymail.exceptions import AnymailAPIError
from celery.exceptions import SoftTimeLimitExceeded
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.module_loading import import_string
from urllib3.exceptions import NewConnectionError, SSLError

from database.backoff import find_pause
from database.sweeps import SWEEP_SIZE
from notifications.enums import EmailStatus, EmailStep
from notifications.kinds import list_kinds
from notifications.models import EmailEvent, MarketingSettings, OutgoingEmail
from notifications.services.marketing import find_opening
from notifications.services.messages import AttachmentUnavailable, build_message
from notifications.services.rests import SILENT_REST, find_throttle, is_resting, rest
from notifications.services.suppressions import is_suppressed

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
GIVE_UP_AFTER = timedelta(days=1)
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)
DIED = "The sender stopped before an answer came."


def deliver_email(*, purpose: str) -> EmailStatus | None:
    """Send one mail that is due. Returns its new status, or None where it was not waiting or the service rests."""
    now = timezone.now()
    if is_resting() or not OutgoingEmail.objects.filter(purpose=purpose).claim(now):
        return None
    email = OutgoingEmail.objects.select_related("consent").get(purpose=purpose)
    obstacle = find_obstacle(email)
    if obstacle:
        finish(email, status=EmailStatus(obstacle), step=obstacle)
        return obstacle
    opening = find_opening(now, MarketingSettings.load()) if email.consent else None
    if opening:
        finish(email, status=EmailStatus.QUEUED, send_after=opening)
        return EmailStatus.QUEUED
    try:
        send_message(build_message(email))
    except Exception as error:  # any transport may fail in any way; none may stop the sweep
        logger.warning("Mail %s was not sent: %s", purpose, error)
        record_failure(email=email, error=error)
        if isinstance(error, SoftTimeLimitExceeded):
            raise
    else:
        finish(email, status=EmailStatus.SENT, sent_at=timezone.now(), last_error="")
    return EmailStatus(OutgoingEmail.objects.values_list("status", flat=True).get(pk=email.pk))


def find_obstacle(email: OutgoingEmail) -> EmailStep | None:
    """What keeps a mail from being sent that was wanted when it was queued."""
    if is_suppressed(email.to):
        return EmailStep.SUPPRESSED
    if email.consent and email.consent.withdrawn_at:
        return EmailStep.DROPPED
    kind = list_kinds().get(email.kind)
    if kind and kind.still_wanted and not import_string(kind.still_wanted)(email.about):
        return EmailStep.DROPPED
    return None


def finish(email: OutgoingEmail, *, step: EmailStep | None = None, detail: str = "", **columns) -> None:
    """Write down how a try ended, unless a report of the mail service came first: it knows better."""
    if not OutgoingEmail.objects.filter(pk=email.pk, status=EmailStatus.SENDING).update(**columns):
        OutgoingEmail.objects.filter(pk=email.pk, sent_at=None).update(sent_at=timezone.now())
    elif step:
        EmailEvent.objects.create(email=email, step=step, at=timezone.now(), detail=detail)


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


def record_failure(*, email: OutgoingEmail, error: Exception) -> None:
    """Plan the next try, or none: after a day, or where the mail may have left although no answer came."""
    now, last_error = timezone.now(), f"{type(error).__name__}: {error}"[:2000]
    throttle = find_throttle(error)
    if throttle:
        rest(throttle)
    if is_answer_lost(error):
        rest(SILENT_REST)
        status, step, send_after = EmailStatus.UNKNOWN, EmailStep.UNKNOWN, email.send_after
    elif now - find_beginning(email) > GIVE_UP_AFTER:
        status, step, send_after = EmailStatus.FAILED, EmailStep.FAILED, email.send_after
    else:
        pause = find_pause(attempts=email.attempts, first=FIRST_PAUSE, longest=LONGEST_PAUSE)
        status, step, send_after = EmailStatus.QUEUED, EmailStep.TRIED, now + max(pause, throttle or pause)
    finish(email, step=step, detail=last_error, status=status, send_after=send_after, last_error=last_error)


def find_beginning(email: OutgoingEmail) -> datetime:
    """When the mail was queued, the last time: staff may have sent it again."""
    again = email.events.filter(step=EmailStep.RESENT).last()
    return again.at if again else email.created_at


def is_answer_lost(error: Exception) -> bool:
    """Whether the mail may have left: an answer that timed out or broke, not a connection refused."""
    if isinstance(error, NotConnected | AttachmentUnavailable):
        return False
    cause = error.__cause__ if isinstance(error, AnymailAPIError) else error
    if isinstance(cause, smtplib.SMTPException):
        # The server's own refusals carry its answer; a connection lost after it was open has none.
        return isinstance(cause, smtplib.SMTPServerDisconnected)
    if isinstance(cause, requests.ConnectionError):
        return not is_refused_connection(cause)
    lost = requests.ReadTimeout | requests.exceptions.ChunkedEncodingError | TimeoutError | ConnectionError
    lost = lost | SoftTimeLimitExceeded
    return isinstance(cause, lost) and not isinstance(cause, ConnectionRefusedError)


def is_refused_connection(error: requests.ConnectionError) -> bool:
    """Whether nothing was sent at all: requests tells a refusal from a broken answer only by urllib3's reason."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError | SSLError)


def settle_stuck_emails() -> int:
    """Mark mails whose sender died in the middle: nobody knows whether they left. Returns how many."""
    stuck = list(OutgoingEmail.objects.stuck(timezone.now(), LEASE)[:SWEEP_SIZE])
    for email in stuck:
        finish(email, step=EmailStep.UNKNOWN, status=EmailStatus.UNKNOWN, detail=DIED, last_error=DIED)
    return len(stuck)
