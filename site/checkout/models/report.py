"""What the gateway reports by itself: its events, and what buyers contest with their banks."""

from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry

from checkout.enums import WebhookStatus
from checkout.models.order import money_field
from checkout.querysets import WebhookEventQuerySet


class WebhookEvent(models.Model):
    """An event that Razorpay reported with a good signature, stored once and processed from this row."""

    event_id = models.CharField(_("event"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=60)
    body = models.TextField(_("body"))
    status = models.CharField(
        _("status"), max_length=10, choices=WebhookStatus.choices, default=WebhookStatus.RECEIVED
    )
    why = models.CharField(_("why"), max_length=255, blank=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    processed_at = models.DateTimeField(_("processed"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)

    objects = WebhookEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook event")
        verbose_name_plural = _("webhook events")
        ordering = ["-id"]
        indexes = [models.Index(fields=["status", "next_try_at"], name="webhook_status_next_try")]

    def __str__(self) -> str:
        return f"{self.name} {self.event_id}"

    @property
    def log_entries(self):
        """What staff did with it, the newest first."""
        return registry.get_logs_for_instance(self).select_related("user").order_by("-timestamp")


class Dispute(models.Model):
    """A payment that the buyer contests with their bank, as Razorpay's latest event told. Staff answer it there."""

    razorpay_dispute_id = models.CharField(_("dispute"), max_length=40, unique=True)
    payment = models.ForeignKey("checkout.Payment", on_delete=models.PROTECT, related_name="disputes")
    amount = money_field(_("amount"))
    amount_deducted = money_field(_("amount taken"), default=Decimal(0))
    currency = models.CharField(_("currency"), max_length=3)
    phase = models.CharField(_("phase"), max_length=20)
    reason_code = models.CharField(_("reason"), max_length=100, blank=True)
    status = models.CharField(_("status"), max_length=20)
    respond_by = models.DateTimeField(_("answer by"), null=True, blank=True)
    # Events come in any order: one older than this changes nothing.
    reported_at = models.DateTimeField(_("reported"))

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.razorpay_dispute_id
