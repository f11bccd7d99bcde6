"""Email backends: one puts any library's mail in the outbox, one writes mail to files for development."""

import uuid

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from notifications.services.outbox import LIBRARY_MAIL, queue_email


class OutboxBackend(BaseEmailBackend):
    """Queues what allauth, Wagtail or Django send: a mail server that is down must not break their request."""

    def send_messages(self, email_messages) -> int:
        count = 0
        for message in email_messages or []:
            html = next(
                (part for part, kind in getattr(message, "alternatives", []) if kind == "text/html"), ""
            )
            for recipient in message.recipients():
                queue_email(
                    purpose=f"{LIBRARY_MAIL}{uuid.uuid4()}",
                    to=recipient,
                    subject=message.subject,
                    text=message.body,
                    html=html,
                )
            count += 1
        return count


class MailboxBackend(BaseEmailBackend):
    """Writes each mail to a file of `MAILBOX_DIR`, where the development mailbox page reads it.

    The file's name comes from the Message-ID: a mail that is sent again replaces itself.
    """

    def send_messages(self, email_messages) -> int:
        folder = settings.MAILBOX_DIR
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages or []:
            name = message.extra_headers.get("Message-ID", str(uuid.uuid4())).strip("<>").partition("@")[0]
            draft = folder / f"{name}.draft"
            draft.write_bytes(message.message().as_bytes())
            draft.rename(folder / f"{name}.eml")
        return len(email_messages or [])
