from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.enums import BulkField, BulkState, LineOutcome


class BulkChange(models.Model):
    """The prices or the stock of many products changed as one action: prepared, looked at, applied, undone.

    Nothing is written to a product before somebody has seen the lines and applied them.
    """

    field = models.CharField(_("what"), max_length=5, choices=BulkField.choices)
    description = models.CharField(_("change"), max_length=255)
    reason = models.CharField(_("why"), max_length=255)
    # Lines of a delta add to whatever is there; the others go from what was seen to what is wanted.
    is_delta = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=9, choices=BulkState.choices, default=BulkState.PREPARING)
    left_out = models.PositiveIntegerField(_("already so"), default=0)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    created_at = models.DateTimeField(_("prepared"), auto_now_add=True)
    applied_at = models.DateTimeField(_("when"), null=True, blank=True)
    undo_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by"
    )

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("bulk change")
        verbose_name_plural = _("bulk changes")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "id"], name="bulk_change_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(field__in=BulkField.values), name="bulk_change_field_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=BulkState.values), name="bulk_change_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.description}"

    @property
    def is_price(self) -> bool:
        return self.field == BulkField.PRICE

    @property
    def may_be_undone(self) -> bool:
        """Once, when it is through; an undoing is not undone again."""
        return self.state == BulkState.DONE and self.undo_of_id is None and not hasattr(self, "undone_by")


class BulkLine(models.Model):
    """What a bulk change means for one product: rupees or pieces, before and after."""

    change = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey("shop.Product", on_delete=models.CASCADE, related_name="+")
    before = models.DecimalField(_("before"), max_digits=12, decimal_places=2)
    after = models.DecimalField(_("after"), max_digits=12, decimal_places=2)
    outcome = models.CharField(
        _("outcome"), max_length=8, choices=LineOutcome.choices, default=LineOutcome.WAITING
    )
    # What stood there instead of `before` when it was to be applied.
    found = models.DecimalField(_("found"), max_digits=12, decimal_places=2, null=True, blank=True)

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("line of a bulk change")
        verbose_name_plural = _("lines of bulk changes")
        ordering = ["id"]
        indexes = [models.Index(fields=["change", "outcome", "product"], name="bulk_line_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["change", "product"], name="bulk_line_once_per_product"),
            models.CheckConstraint(
                condition=Q(outcome__in=LineOutcome.values), name="bulk_line_outcome_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
