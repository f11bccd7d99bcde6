from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.enums import SuppressionReason
from notifications.querysets import SuppressionQuerySet


class Suppression(models.Model):
    """An address that no mail is sent to, since one bounced or was called spam, until staff lift it."""

    address = models.EmailField(_("address"), unique=True, help_text=_("In small letters."))
    reason = models.CharField(_("reason"), max_length=12, choices=SuppressionReason.choices)
    detail = models.TextField(_("what its server said"), blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = SuppressionQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        ordering = ["-since"]

    def __str__(self) -> str:
        return self.address
