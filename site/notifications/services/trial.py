"""A mail to oneself, the way every mail goes: outbox, broker, worker, mail service."""

import time
import uuid

from database.transactions import entry_service
from notifications.enums import EmailStatus
from notifications.models import OutgoingEmail
from notifications.services.outbox import queue_email

POLL_SECONDS = 0.2


class TrialFailed(Exception):
    """Says where the mail stopped."""


def send_trial_email(*, to: str, wait_seconds: float) -> float:
    """Queue a mail and wait until a worker has handed it over. Returns the seconds it took.

    Raises `TrialFailed` when it is refused, or still waits after `wait_seconds`.
    """
    purpose = f"trial:{uuid.uuid4().hex}"
    started_at = time.monotonic()
    queue_trial(purpose=purpose, to=to)
    while time.monotonic() - started_at < wait_seconds:
        email = OutgoingEmail.objects.get(purpose=purpose)
        if email.sent_at:
            return time.monotonic() - started_at
        if email.status == EmailStatus.FAILED:
            raise TrialFailed(f"The mail service refused it: {email.last_error}")
        time.sleep(POLL_SECONDS)
    raise TrialFailed(explain_waiting(OutgoingEmail.objects.get(purpose=purpose), wait_seconds))


@entry_service
def queue_trial(*, purpose: str, to: str) -> None:
    queue_email(
        purpose=purpose,
        to=to,
        subject="A test mail from your shop",
        text="The shop can send mail: this one went through the outbox, the broker, a worker and the mail service.",
    )


def explain_waiting(email: OutgoingEmail, wait_seconds: float) -> str:
    if email.attempts:
        return f"Not sent after {email.attempts} attempts, it will be tried again: {email.last_error}"
    return f"No worker took it within {wait_seconds:g} seconds: is one running for the queue “emails”?"
