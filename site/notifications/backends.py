"""Email backends: one puts any library's mail in the outbox, one writes mail to files for development."""

import uuid

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from notifications.rendering import split_paragraphs
from notifications.services.outbox import LIBRARY_MAIL, queue_email, queue_mail


class OutboxBackend(BaseEmailBackend):
    """Queues what allauth, Wagtail or Django send: a mail server that is down must not break their request.

    A message with `shop_mail` (kind, values, context) becomes that mail of the shop; another gets the shop's look.
    """

    def send_messages(self, email_messages) -> int:
        count = 0
        for message in email_messages or []:
            for recipient in message.recipients():
                queue_message(message, to=recipient)
            count += 1
        return count


def queue_message(message: EmailMessage, *, to: str) -> None:
    purpose = f"{LIBRARY_MAIL}{uuid.uuid4()}"
    if hasattr(message, "shop_mail"):
        queue_mail(purpose=purpose, to=to, **message.shop_mail)
        return
    parts = getattr(message, "alternatives", [])
    html = next((part for part, kind in parts if kind == "text/html"), None) or dress(message)
    queue_email(purpose=purpose, to=to, subject=message.subject, text=message.body, html=html)


def dress(message: EmailMessage) -> str:
    context = {"subject": message.subject, "paragraphs": split_paragraphs(message.body)}
    return render_to_string("emails/plain.html", context)


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
