from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from checkout.querysets import ConcernQuerySet


class Concern(models.Model):
    """Something that waits for staff, written in the transaction that found it: nothing odd is silent."""

    subject = models.CharField(
        _("subject"),
        max_length=120,
        unique=True,
        help_text=_("What it is about; one concern each, for ever."),
    )
    order = models.ForeignKey(
        "checkout.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="concerns"
    )
    text = models.TextField(_("what happened"))
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True, db_index=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ConcernQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.subject
