from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from notifications.enums import EmailStatus, OutgoingStatus


class OutgoingQuerySet(models.QuerySet):
    """What mails and webhooks have in common: they wait for their time and are claimed by one sender at a time."""

    def queued(self):
        return self.filter(status=OutgoingStatus.QUEUED)

    def due(self, now: datetime):
        """Queued rows whose time has come, oldest first."""
        return self.queued().filter(send_after__lte=now).order_by("send_after", "id")

    def stuck(self, now: datetime, lease: timedelta):
        """Rows whose sender died between the claim and the answer."""
        return self.filter(status=OutgoingStatus.SENDING, claimed_at__lt=now - lease)

    def claim(self, now: datetime) -> bool:
        """Take the one row of this queryset to send it; False where it is not due, or another sender has it."""
        mine = {"status": OutgoingStatus.SENDING, "claimed_at": now, "attempts": F("attempts") + 1}
        return self.due(now).order_by().update(**mine) == 1

    claim.alters_data = True


class WebhookEndpointQuerySet(models.QuerySet):
    def enabled(self):
        return self.filter(is_enabled=True)


class WebhookDeliveryQuerySet(OutgoingQuerySet):
    def to_open_endpoints(self, now: datetime):
        """Those whose endpoint is enabled and does not rest after a failure."""
        rested = Q(endpoint__rests_until=None) | Q(endpoint__rests_until__lte=now)
        return self.filter(rested, endpoint__is_enabled=True)

    def created_before(self, moment: datetime):
        return self.filter(created_at__lt=moment)


class EmailQuerySet(OutgoingQuerySet):
    def about(self, subject: str):
        """What was written about an order or another thing, the first mail first."""
        return self.filter(about=subject).order_by("pk")

    def marketing(self):
        return self.filter(consent__isnull=False)

    def not_withheld(self):
        """Sent, or still to be: neither taken back nor kept from a suppressed address."""
        return self.exclude(status__in=(EmailStatus.DROPPED, EmailStatus.SUPPRESSED))

    def dead(self, before: datetime):
        """Given up, or without a word of what became of them since `before`."""
        silent = Q(status=EmailStatus.UNKNOWN, claimed_at__lt=before)
        return self.filter(Q(status=EmailStatus.FAILED) | silent)


class ConsentQuerySet(models.QuerySet):
    def standing(self):
        """Neither withdrawn nor replaced; confirmed or not."""
        return self.filter(withdrawn_at=None)

    def given(self):
        """Confirmed, and not withdrawn: mails may be sent."""
        return self.standing().filter(confirmed_at__isnull=False)


class SuppressionQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(lifted_at=None)
