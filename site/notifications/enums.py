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


class EmailStatus(models.TextChoices):
    """The life of a mail: what leaves the shop, and what its mail service then tells of it."""

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    UNKNOWN = "unknown", _("Unknown")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("Dropped")
    SUPPRESSED = "suppressed", _("Not sent: the address is suppressed")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    OPENED = "opened", _("Opened")
    CLICKED = "clicked", _("Clicked")
    BOUNCED = "bounced", _("Bounced")
    COMPLAINED = "complained", _("Called spam")


# A mail that was reported on moves along this rank only forward, whatever order the reports come in.
# Whatever is not named here can still be settled by a report: the mail left after all.
REPORT_RANK = {
    EmailStatus.SENT: 1,
    EmailStatus.DELIVERED: 2,
    EmailStatus.OPENED: 3,
    EmailStatus.CLICKED: 4,
    EmailStatus.BOUNCED: 5,
    EmailStatus.COMPLAINED: 6,
}
REACHED_STATUSES = (EmailStatus.DELIVERED, EmailStatus.OPENED, EmailStatus.CLICKED)


class EmailStep(models.TextChoices):
    """What happened to a mail, beside its being queued, claimed and sent: those times stand in its row."""

    TRIED = "tried", _("Tried in vain")
    UNKNOWN = "unknown", _("No answer")
    FAILED = "failed", _("Given up")
    SUPPRESSED = "suppressed", _("Not sent: the address is suppressed")
    DROPPED = "dropped", _("Not needed any more")
    RESENT = "resent", _("Sent again by staff")
    REPORTED = "reported", _("Put before staff")
    DEFERRED = "deferred", _("The receiving server wants it later")
    REJECTED = "rejected", _("Refused by the mail service")
    DELIVERED = "delivered", _("Delivered")
    OPENED = "opened", _("Opened")
    CLICKED = "clicked", _("Clicked")
    BOUNCED = "bounced", _("Bounced")
    COMPLAINED = "complained", _("Called spam")
    UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")


class SuppressionReason(models.TextChoices):
    """Why an address gets no mail."""

    BOUNCED = "bounced", _("Mail bounced")
    COMPLAINED = "complained", _("Called our mail spam")


class ConsentTopic(models.TextChoices):
    """What somebody agreed to be written about; each is asked for and withdrawn by itself."""

    NEWSLETTER = "newsletter", _("Newsletter")
    CART = "cart", _("Reminder of a full cart")
    STOCK = "stock", _("Back in stock")
