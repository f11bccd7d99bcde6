from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.enums import OutgoingStatus
from notifications.models.outgoing import Outgoing
from notifications.querysets import OutgoingQuerySet


class OutgoingEmail(Outgoing):
    """A mail in the outbox, written in the transaction that causes it and sent after its commit."""

    purpose = models.CharField(
        _("purpose"), max_length=120, unique=True, help_text=_("What it is for; one mail each, for ever.")
    )
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=OutgoingStatus.choices, default=OutgoingStatus.QUEUED
    )

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-id"]
        indexes = [models.Index(fields=["status", "send_after"], name="email_status_send_after")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=OutgoingStatus.values), name="email_status_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"


class OutgoingAttachment(models.Model):
    """A file that goes with a mail. The row only refers to it: what it contains is read when the mail leaves.

    `settings.MAIL_ATTACHMENT_LOADERS` names, for each kind of reference, the function that turns it into bytes.
    """

    # By its purpose, which the writer of the mail knows before the database gives the row an id.
    email = models.ForeignKey(
        OutgoingEmail, on_delete=models.CASCADE, to_field="purpose", related_name="attachments"
    )
    name = models.CharField(_("file name"), max_length=100)
    content_type = models.CharField(_("type"), max_length=100)
    reference = models.CharField(_("reference"), max_length=100)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["email", "name"], name="attachment_once_per_mail")]

    def __str__(self) -> str:
        return self.name
