from django.db import models
from django.utils.translation import gettext_lazy as _


class OutgoingStatus(models.TextChoices):
    """The life of what leaves the shop, a mail or a call to a client.

    `unknown` is a mail whose answer was lost: it is never simply sent again. A webhook is.
    """

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    UNKNOWN = "unknown", _("Unknown")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("Dropped")
