from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from checkout.enums import ReturnStatus
from checkout.querysets import ReturnRequestQuerySet


class ReturnRequest(models.Model):
    """A customer's wish to send things back. `answer` is what staff wrote to them."""

    order = models.ForeignKey("checkout.Order", on_delete=models.PROTECT, related_name="return_requests")
    status = models.CharField(
        _("status"), max_length=10, choices=ReturnStatus.choices, default=ReturnStatus.REQUESTED
    )
    reason = models.CharField(_("reason"), max_length=500)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    refund = models.OneToOneField(
        "checkout.Refund", on_delete=models.PROTECT, null=True, blank=True, related_name="return_request"
    )
    created_at = models.DateTimeField(_("asked"), default=timezone.now)

    objects = ReturnRequestQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("return request")
        verbose_name_plural = _("return requests")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ReturnStatus.values), name="return_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(refund=None) | Q(status=ReturnStatus.RECEIVED), name="return_refunded_on_receipt"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.order_id}-{self.pk}"


class ReturnLine(models.Model):
    """So many of an order's line that should come back."""

    request = models.ForeignKey(ReturnRequest, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey("checkout.OrderItem", on_delete=models.PROTECT, related_name="return_lines")
    quantity = models.PositiveIntegerField(_("quantity"))

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("return line")
        verbose_name_plural = _("return lines")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "item"], name="item_once_per_return"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="return_line_quantity_positive"),
        ]


class ReturnTransition(models.Model):
    """The audit row of one change of a return's status. `from_status` is empty for the asking itself."""

    request = models.ForeignKey(ReturnRequest, on_delete=models.PROTECT, related_name="transitions")
    from_status = models.CharField(_("from"), max_length=10, choices=ReturnStatus.choices, blank=True)
    to_status = models.CharField(_("to"), max_length=10, choices=ReturnStatus.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    why = models.CharField(_("why"), max_length=500, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("return transition")
        verbose_name_plural = _("return transitions")
        ordering = ["id"]
