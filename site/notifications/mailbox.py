"""Reads the development mailbox: the files that `MailboxBackend` writes."""

import email
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

SHOWN_MAILS = 200


@dataclass(frozen=True)
class Mail:
    """A mail in the mailbox; `at` is when its file was written."""

    id: str
    subject: str
    to: str
    from_email: str
    at: datetime
    text: str
    html: str


def list_mails() -> list[Mail]:
    """The newest mails first."""
    files = sorted(settings.MAILBOX_DIR.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [read_mail(path) for path in files[:SHOWN_MAILS]]


def find_mail(mail_id: str) -> Mail | None:
    # Compared with the folder's own names: an id from a URL never becomes a path.
    for path in settings.MAILBOX_DIR.glob("*.eml"):
        if path.stem == mail_id:
            return read_mail(path)
    return None


def read_mail(path: Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    return Mail(
        id=path.stem,
        subject=str(message["Subject"]),
        to=str(message["To"]),
        from_email=str(message["From"]),
        at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        text=read_part(message, "plain"),
        html=read_part(message, "html"),
    )


def read_part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part else ""
