from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.enums import StockReason


class StockMovement(models.Model):
    """One change of a stock. The sum of a product's movements is its inventory, always."""

    product = models.ForeignKey("shop.Product", on_delete=models.CASCADE, related_name="movements")
    delta = models.IntegerField(_("change"))
    reason = models.CharField(_("reason"), max_length=10, choices=StockReason.choices)
    # By number, not by key: the shop stands below the checkout and knows no order.
    order_id = models.PositiveBigIntegerField(_("order"), null=True, blank=True, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("note"), max_length=255, blank=True, default="")
    at = models.DateTimeField(_("at"), default=timezone.now)

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(delta=0), name="movement_moves_something"),
            models.CheckConstraint(
                condition=models.Q(reason__in=StockReason.values), name="movement_reason_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delta:+d} ({self.get_reason_display()})"
