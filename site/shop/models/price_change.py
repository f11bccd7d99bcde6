from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PriceChange(models.Model):
    """One change of a typed price, in rupees: who, when and why."""

    product = models.ForeignKey("shop.Product", on_delete=models.CASCADE, related_name="price_changes")
    before = models.DecimalField(_("before"), max_digits=12, decimal_places=2)
    after = models.DecimalField(_("after"), max_digits=12, decimal_places=2)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("note"), max_length=255, blank=True, default="")
    at = models.DateTimeField(_("at"), default=timezone.now)

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("price change")
        verbose_name_plural = _("price changes")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="price_change_changes_something"),
        ]

    def __str__(self) -> str:
        return f"₹{self.before} → ₹{self.after}"
