"""The way into the outbox: rows written in the transaction that causes a mail."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils import timezone

from database.transactions import send_after_commit
from notifications.enums import EmailStatus
from notifications.kinds import find_kind
from notifications.models import Consent, OutgoingAttachment, OutgoingEmail, Suppression
from notifications.rendering import render_mail

LIBRARY_MAIL = "message:"  # begins the purpose of what allauth and Wagtail send
DELIVERY_TASK = "notifications.deliver_email"


@dataclass(frozen=True)
class Attachment:
    """A file to go with a mail. `reference`: a kind of `settings.MAIL_ATTACHMENT_LOADERS`, a colon, which one."""

    name: str
    reference: str
    content_type: str = "application/pdf"


def queue_mail(
    *,
    kind: str,
    purpose: str,
    to: str,
    values: Mapping[str, str],
    context: Mapping[str, object] | None = None,
    about: str = "",
    consent: Consent | None = None,
    send_after: datetime | None = None,
    attachments: Iterable[Attachment] = (),
) -> None:
    """Write one of the shop's mails (`settings.MAIL_KINDS`), with the words in force, as `queue_email` does.

    `values` fill the names in its words, `context` its middle.
    """
    rendered = render_mail(find_kind(kind), values=values, context=context)
    queue_email(
        purpose=purpose,
        to=to,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        kind=kind,
        about=about,
        consent=consent,
        send_after=send_after,
        attachments=attachments,
    )


def queue_email(
    *,
    purpose: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    kind: str = "",
    about: str = "",
    consent: Consent | None = None,
    send_after: datetime | None = None,
    attachments: Iterable[Attachment] = (),
) -> None:
    """Write a mail to be delivered after commit. A second one for the same purpose is not written.

    `purpose` names the mail for ever, for example `order-confirmation:42`. With `send_after` it waits
    for the sweep at that time, so it can still be dropped. `kind` is its tag at the mail service, `about` what
    it tells of (`order:42`); `consent` makes it a marketing mail.
    """
    now = timezone.now()
    # One statement that tolerates the duplicate: an IntegrityError would spoil the caller's transaction.
    email = OutgoingEmail(
        purpose=purpose,
        to=to,
        subject=" ".join(subject.split())[:255],
        text=text,
        html=html,
        kind=kind,
        about=about,
        consent=consent,
        created_at=now,
        send_after=send_after or now,
    )
    OutgoingEmail.objects.bulk_create([email], ignore_conflicts=True)
    if attachments:
        rows = [OutgoingAttachment(email_id=purpose, **asdict(attachment)) for attachment in attachments]
        OutgoingAttachment.objects.bulk_create(rows, ignore_conflicts=True)
    if send_after is None:
        send_after_commit(DELIVERY_TASK, purpose)


def drop_email(*, purpose: str) -> bool:
    """Take back a mail that is not needed any more. Returns whether it was still waiting."""
    dropped = OutgoingEmail.objects.queued().filter(purpose=purpose).update(status=EmailStatus.DROPPED)
    return dropped == 1


def is_about_account(email: OutgoingEmail) -> bool:
    """Whether allauth or Wagtail sent it: its link may open the recipient's account."""
    return email.purpose.startswith(LIBRARY_MAIL)


def forget_recipient(*, email: str, replacement: str) -> None:
    """Empty the mails that somebody was sent; the rows stay, so that none is sent again. Inner service.

    Of those that wait, the ones about the account are dropped; what is said about an order still arrives.
    Consents end, and name nobody any more.
    """
    mails = OutgoingEmail.objects.filter(to=email)
    mails.queued().filter(purpose__startswith=LIBRARY_MAIL).update(status=EmailStatus.DROPPED)
    over = mails.exclude(status__in=(EmailStatus.QUEUED, EmailStatus.SENDING))
    over.update(to=replacement, subject="", text="", html="")
    consents = Consent.objects.filter(address=email.lower())
    consents.standing().update(
        withdrawn_at=timezone.now(), withdrawn_how="account deleted", standing_key=None
    )
    consents.update(address=replacement)
    Suppression.objects.filter(address=email.lower()).delete()
