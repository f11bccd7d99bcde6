"""The words of mails, as editors write them."""

from django.db import transaction

from database.shared_cache import shared_cache
from database.transactions import entry_service
from notifications.kinds import MailKind
from notifications.models import MailText
from notifications.rendering import RenderedMail
from notifications.services.outbox import queue_email
from notifications.words import TEXTS_KEY, Words, default_words


@entry_service
def save_text(*, kind: MailKind, words: Words, by_id: int) -> None:
    """Put these words in force. Those of the code need no row."""
    if words == default_words(kind):
        forget_text(kind)
        return
    fields = dict(zip(("subject", "heading", "opening", "closing"), words, strict=True))
    MailText.objects.update_or_create(kind=kind.key, defaults={**fields, "edited_by_id": by_id})
    tell_of_texts()


@entry_service
def reset_text(*, kind: MailKind) -> None:
    """Go back to the words of the code."""
    forget_text(kind)


def forget_text(kind: MailKind) -> None:
    MailText.objects.filter(kind=kind.key).delete()
    tell_of_texts()


def tell_of_texts() -> None:
    transaction.on_commit(forget_cached, robust=True)


def forget_cached() -> None:
    shared_cache.delete(TEXTS_KEY)


@entry_service
def send_test(*, kind: MailKind, rendered: RenderedMail, to: str, purpose: str, subject: str) -> None:
    """Queue a mail as it would look, to somebody who edits it. `purpose` differs for each test."""
    queue_email(
        purpose=purpose,
        to=to,
        subject=subject,
        text=rendered.text,
        html=rendered.html,
        kind=f"test_{kind.key}"[:40],
    )
