"""A row of the outbox made into the message that leaves."""

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.module_loading import import_string

from notifications.models import OutgoingAttachment, OutgoingEmail
from notifications.services.consents import link_to_unsubscribe

# Their links are keys to an account: no mail service rewrites them to count clicks.
UNTRACKED_KINDS = ("", "account_confirmation", "password_reset")


class AttachmentUnavailable(Exception):
    """A file of the mail cannot be read now: nothing was sent."""


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
    label(message, email)
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


def label(message: EmailMultiAlternatives, email: OutgoingEmail) -> None:
    """What the mail service reports back (Anymail), and the way out of marketing mails (RFC 8058)."""
    message.tags = [email.kind or "other"]
    message.metadata = {"mail": str(email.pk), "about": email.about}
    if email.kind in UNTRACKED_KINDS:
        message.track_clicks = message.track_opens = False
    if email.consent:
        message.extra_headers["List-Unsubscribe"] = f"<{link_to_unsubscribe(email.consent)}>"
        message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
