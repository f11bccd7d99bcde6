"""Who agreed to marketing mails: asked, confirmed and withdrawn. What was agreed to is kept as proof."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from database.transactions import entry_service
from notifications.enums import ConsentTopic
from notifications.models import Consent
from notifications.services.outbox import queue_mail

ASKED_AGAIN_AFTER = timedelta(hours=24)


def normalise(address: str) -> str:
    """As consents and suppressions keep addresses."""
    return address.strip().lower()


@entry_service
def request_newsletter_consent(
    *, email: str, source: str, wording: str, at: datetime | None = None
) -> Consent:
    """Ask for the newsletter (double opt-in): a mail with a link to confirm; nothing else is sent before that.

    `source` says where (a page's path), `wording` is the very sentence beside the form. For a form the answer is
    the same whether the address is known or not. An address is asked once a day at most, however often
    somebody types it.
    """
    at = at or timezone.now()
    consent = find_standing(address=email, topic=ConsentTopic.NEWSLETTER)
    if consent is None:
        consent = write_consent(
            address=email, topic=ConsentTopic.NEWSLETTER, source=source, wording=wording, at=at
        )
    elif consent.confirmed_at is None and consent.asked_at < at - ASKED_AGAIN_AFTER:
        Consent.objects.filter(pk=consent.pk).update(asked_at=at, source=source, wording=wording)
        consent.refresh_from_db()
    if consent.confirmed_at is None:
        queue_confirmation(consent)
    return consent


def give_consent(*, email: str, topic: ConsentTopic, source: str, wording: str, at: datetime) -> Consent:
    """Write down what a shopper asked for in so many words, and return the consent that stands. Inner service."""
    return find_standing(address=email, topic=topic) or write_consent(
        address=email, topic=topic, source=source, wording=wording, at=at, confirmed_at=at
    )


def find_standing(*, address: str, topic: ConsentTopic) -> Consent | None:
    return Consent.objects.filter(standing_key=name_standing(normalise(address), topic)).first()


def write_consent(
    *, address: str, topic: ConsentTopic, source: str, wording: str, at: datetime, **columns
) -> Consent:
    """Of two at once one is written, and both get that one."""
    address = normalise(address)
    consent = Consent(
        address=address,
        topic=topic,
        source=source[:120],
        wording=wording,
        standing_key=name_standing(address, topic),
        asked_at=at,
        **columns,
    )
    Consent.objects.bulk_create([consent], ignore_conflicts=True)
    return Consent.objects.get(standing_key=consent.standing_key)


def name_standing(address: str, topic: ConsentTopic) -> str:
    return f"{topic}:{address}"


def queue_confirmation(consent: Consent) -> None:
    """The mail that asks; one for each time that it is asked."""
    queue_mail(
        kind="newsletter_confirmation",
        purpose=f"newsletter-confirmation:{consent.pk}:{consent.asked_at:%Y%m%d%H%M%S}",
        to=consent.address,
        values={},
        context={"url": link_to_confirm(consent), "button": _("Yes, send me the newsletter")},
        about=f"consent:{consent.pk}",
    )


@entry_service
def confirm_consent(*, token: str, at: datetime) -> Consent | None:
    """The link in the mail was followed. None where it is unknown or was withdrawn; twice is as once."""
    Consent.objects.standing().filter(token=token, confirmed_at=None).update(confirmed_at=at)
    return Consent.objects.given().filter(token=token).first()


@entry_service
def withdraw_consent(*, token: str, how: str, at: datetime, everything: bool = False) -> Consent | None:
    """End one consent, or with `everything` all of its address. None where the token is unknown; twice is as once."""
    consent = Consent.objects.filter(token=token).first()
    if consent is None:
        return None
    # Also one that was given anew since: who follows the link of an old mail wants none of the kind.
    topics = ConsentTopic.values if everything else [consent.topic]
    withdraw_topics(address=consent.address, topics=topics, how=how, at=at)
    consent.refresh_from_db()
    return consent


def withdraw_topics(*, address: str, topics, how: str, at: datetime) -> int:
    """Inner service. Returns how many consents ended."""
    standing = Consent.objects.standing().filter(address=normalise(address), topic__in=topics)
    return standing.update(withdrawn_at=at, withdrawn_how=how, standing_key=None)


def link_to_confirm(consent: Consent) -> str:
    return settings.BASE_URL + reverse("confirm_consent", args=[consent.token])


def link_to_unsubscribe(consent: Consent) -> str:
    return settings.BASE_URL + reverse("unsubscribe", args=[consent.token])
