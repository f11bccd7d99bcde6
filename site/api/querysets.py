from datetime import datetime, timedelta

from django.db import models

KEPT_FOR = timedelta(hours=24)


class IdempotentRequestQuerySet(models.QuerySet):
    def outdated(self, now: datetime):
        """Requests whose answer is kept no longer; the same key is a new one from then on."""
        return self.filter(created_at__lte=now - KEPT_FOR)
