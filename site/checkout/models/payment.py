import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from checkout.enums import IntentStatus, PaymentEffect, PaymentStatus
from checkout.models.order import money_field
from checkout.querysets import PaymentIntentQuerySet, PaymentQuerySet


def make_receipt() -> str:
    return uuid.uuid4().hex


class PaymentIntent(models.Model):
    """The wish to be paid an amount for an order; the row is written before Razorpay is asked for its id."""

    order = models.ForeignKey("checkout.Order", on_delete=models.PROTECT, related_name="payment_intents")
    # Razorpay allows 40 characters and looks an order up by it when its answer was lost.
    receipt = models.CharField(_("receipt"), max_length=40, unique=True, default=make_receipt)
    razorpay_order_id = models.CharField(_("Razorpay order"), max_length=40, unique=True, null=True)
    # The request that made the row, where it sent an Idempotency-Key: asked again, it finds its effect.
    idempotency_key = models.CharField(max_length=64, unique=True, null=True, editable=False)
    amount = money_field(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    status = models.CharField(
        _("status"), max_length=10, choices=IntentStatus.choices, default=IntentStatus.CREATED
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    # When Razorpay is asked next what became of it; empty once there is nothing left to hear.
    next_check_at = models.DateTimeField(_("next check"), null=True, blank=True, db_index=True)

    objects = PaymentIntentQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("payment intent")
        verbose_name_plural = _("payment intents")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.razorpay_order_id or self.receipt


class Payment(models.Model):
    """Money, as far as the gateway has told. `effect` is set when it is captured.

    It changes once more only where a surplus or late payment cannot be sent back: then staff hold it.
    """

    order = models.ForeignKey("checkout.Order", on_delete=models.PROTECT, related_name="payments")
    intent = models.ForeignKey(PaymentIntent, on_delete=models.PROTECT, null=True, related_name="payments")
    provider = models.CharField(_("provider"), max_length=20, default="razorpay")
    provider_id = models.CharField(_("payment"), max_length=60)
    status = models.CharField(_("status"), max_length=10, choices=PaymentStatus.choices)
    effect = models.CharField(_("effect"), max_length=10, choices=PaymentEffect.choices, blank=True)
    amount = money_field(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    method = models.CharField(_("method"), max_length=20, blank=True)
    error = models.CharField(_("reason of failure"), max_length=255, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    captured_at = models.DateTimeField(_("captured"), null=True, blank=True)

    objects = PaymentQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-id"]
        permissions = [("refund_payment", _("Can refund payments"))]
        constraints = [
            models.UniqueConstraint(fields=["provider", "provider_id"], name="payment_once_per_provider"),
            models.CheckConstraint(
                condition=Q(effect="") | Q(captured_at__isnull=False), name="payment_effect_needs_capture"
            ),
        ]

    def __str__(self) -> str:
        return self.provider_id

    @property
    def is_by_hand(self) -> bool:
        """Whether no gateway took it: staff did, and staff give it back."""
        return self.provider != "razorpay"
