from django.db import models
from django.utils.translation import gettext_lazy as _


class EmailStatus(models.TextChoices):
    """The life of a mail. `unknown` is a send whose answer was lost: it is never simply sent again."""

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    UNKNOWN = "unknown", _("Unknown")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("Dropped")
