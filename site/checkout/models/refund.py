from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from checkout.enums import RefundStatus
from checkout.models.order import money_field
from checkout.querysets import RefundQuerySet


class Refund(models.Model):
    """Money on its way back; the row is written before the gateway is asked, with its key.

    A failed one counts as not refunded; `last_error` says why.
    """

    payment = models.ForeignKey("checkout.Payment", on_delete=models.PROTECT, related_name="refunds")
    # Sent to Razorpay with the refund, so that asking twice refunds once.
    key = models.CharField(_("key at the gateway"), max_length=60, unique=True)
    # The request that made the row, where it sent an Idempotency-Key: asked again, it finds its effect.
    idempotency_key = models.CharField(max_length=64, unique=True, null=True, editable=False)
    razorpay_refund_id = models.CharField(_("Razorpay refund"), max_length=40, unique=True, null=True)
    amount = money_field(_("amount"))
    status = models.CharField(
        _("status"), max_length=10, choices=RefundStatus.choices, default=RefundStatus.PENDING
    )
    reason = models.CharField(_("reason"), max_length=255)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    last_error = models.CharField(_("last error"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)

    objects = RefundQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-id"]
        indexes = [models.Index(fields=["status", "next_try_at"], name="refund_status_next_try")]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_amount_positive")]

    def __str__(self) -> str:
        return self.key


class RefundLine(models.Model):
    """So many of an order's line that a refund pays back, with the share of `amount` rupees."""

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey("checkout.OrderItem", on_delete=models.PROTECT, related_name="refund_lines")
    quantity = models.PositiveIntegerField(_("quantity"))
    amount = money_field(_("amount"))

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("refund line")
        verbose_name_plural = _("refund lines")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["refund", "item"], name="item_once_per_refund"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="refund_line_quantity_positive"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="refund_line_amount_not_negative"),
        ]
