from datetime import datetime, timedelta

from django.db import models

from notifications.enums import EmailStatus


class OutgoingEmailQuerySet(models.QuerySet):
    def queued(self):
        return self.filter(status=EmailStatus.QUEUED)

    def due(self, now: datetime):
        """Queued mails whose time has come, oldest first."""
        return self.queued().filter(send_after__lte=now).order_by("send_after", "id")

    def stuck(self, now: datetime, lease: timedelta):
        """Mails whose sender died between the claim and the answer."""
        return self.filter(status=EmailStatus.SENDING, claimed_at__lt=now - lease)
