from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StockWatch(models.Model):
    """Somebody wants a mail, once, when a product that is sold out can be bought again."""

    product = models.ForeignKey("shop.Product", on_delete=models.CASCADE, related_name="watches")
    consent = models.ForeignKey("notifications.Consent", on_delete=models.PROTECT, related_name="+")
    # Null once it is over: one wish waits at a time, and the same may be wished again.
    waiting_key = models.CharField(max_length=300, unique=True, null=True, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("wish to hear of stock")
        verbose_name_plural = _("wishes to hear of stock")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.product}: {self.consent.address}"
