"""Marketing mails: only to who agreed to them, never at night, and not too often."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.utils import timezone

from notifications.models import Consent, MarketingSettings, OutgoingEmail
from notifications.services.consents import link_to_unsubscribe
from notifications.services.outbox import queue_mail
from notifications.services.suppressions import is_suppressed


def queue_marketing_mail(
    *,
    kind: str,
    purpose: str,
    consent: Consent,
    values: Mapping[str, str],
    context: Mapping[str, object],
    about: str,
    now: datetime,
) -> bool:
    """Queue the mail if its address may get one now. Inner service; False leaves it for a later sweep."""
    wishes = MarketingSettings.load()
    # All consents of the address: two sweeps that both have a reason to write to it queue up here.
    standing = list(
        Consent.objects.given()
        .select_for_update()
        .filter(address=consent.address)
        .values_list("pk", flat=True)
    )
    if consent.pk not in standing or find_opening(now, wishes) or is_suppressed(consent.address):
        return False
    if heard_lately(consent.address, now, days=wishes.days_between):
        return False
    queue_mail(
        kind=kind,
        purpose=purpose,
        to=consent.address,
        values=values,
        context={**context, "unsubscribe_url": link_to_unsubscribe(consent)},
        about=about,
        consent=consent,
    )
    return True


def heard_lately(address: str, now: datetime, *, days: int) -> bool:
    """Whether a marketing mail went, or is about to go, to the address within so many days."""
    if not days:
        return False
    mails = OutgoingEmail.objects.marketing().not_withheld()
    return mails.filter(consent__address=address, created_at__gt=now - timedelta(days=days)).exists()


def find_opening(now: datetime, wishes: MarketingSettings) -> datetime | None:
    """When marketing mails may arrive again, by the shop's clock; None where they may now."""
    local = timezone.localtime(now)
    if wishes.opens_at <= local.hour < wishes.closes_at:
        return None
    day = local.date() + timedelta(days=int(local.hour >= wishes.closes_at))
    return timezone.make_aware(datetime.combine(day, time(wishes.opens_at)), local.tzinfo)
