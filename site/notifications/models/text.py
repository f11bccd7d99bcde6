from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MailText(models.Model):
    """The words of one kind of mail as an editor wrote them; a kind without a row has those in the code."""

    kind = models.CharField(_("kind"), max_length=40, unique=True)
    subject = models.CharField(_("subject"), max_length=200)
    heading = models.CharField(_("heading"), max_length=200)
    opening = models.TextField(_("opening"))
    closing = models.TextField(_("closing"), blank=True)
    edited_at = models.DateTimeField(_("edited"), auto_now=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("text of a mail")
        verbose_name_plural = _("texts of mails")

    def __str__(self) -> str:
        return self.kind
