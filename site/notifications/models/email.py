from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.enums import EmailStatus, EmailStep
from notifications.models.outgoing import Outgoing
from notifications.querysets import EmailQuerySet


class OutgoingEmail(Outgoing):
    """A mail in the outbox, written in the transaction that causes it and sent after its commit."""

    purpose = models.CharField(
        _("purpose"), max_length=120, unique=True, help_text=_("What it is for; one mail each, for ever.")
    )
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    kind = models.CharField(
        _("kind"),
        max_length=40,
        blank=True,
        help_text=_("Which of the shop's mails it is; its tag at Mailgun."),
    )
    about = models.CharField(
        _("about"), max_length=60, blank=True, db_index=True, help_text=_("What it tells of: order:42.")
    )
    consent = models.ForeignKey(
        "notifications.Consent",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("consent"),
        help_text=_("Marketing only: what allows it."),
    )
    reported_at = models.DateTimeField(_("put before staff"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=EmailStatus.choices, default=EmailStatus.QUEUED
    )

    objects = EmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["status", "send_after"], name="email_status_send_after"),
            models.Index(fields=["kind", "created_at"], name="email_kind_created"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=EmailStatus.values), name="email_status_is_known"
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


class EmailEvent(models.Model):
    """A step in the life of a mail, and when: what the sender met, and what the mail service reported."""

    email = models.ForeignKey(OutgoingEmail, on_delete=models.CASCADE, related_name="events")
    # The mail service's own id of a report, so that one that comes again says nothing new. Our own steps have none.
    event_id = models.CharField(max_length=100, unique=True, null=True, editable=False)
    step = models.CharField(_("step"), max_length=12, choices=EmailStep.choices)
    at = models.DateTimeField(_("at"))
    detail = models.TextField(_("detail"), blank=True)

    class Meta:
        verbose_name = _("step of a mail")
        verbose_name_plural = _("steps of a mail")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.get_step_display()
