"""Calls to clients about what happened here: whom to call, and each call."""

import secrets
import uuid

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from database.shared_cache import shared_cache
from notifications.enums import OutgoingStatus
from notifications.models.outgoing import Outgoing
from notifications.querysets import WebhookDeliveryQuerySet, WebhookEndpointQuerySet

LISTENED_KEY = "webhooks:listened"  # which kinds anybody listens to, see notifications.selectors
DELIVERY_STATUSES = (
    OutgoingStatus.QUEUED,
    OutgoingStatus.SENDING,
    OutgoingStatus.SENT,
    OutgoingStatus.FAILED,
)


def make_salt() -> str:
    return secrets.token_hex(16)


class WebhookEndpoint(models.Model):
    """A client's address that is called when something of the chosen kinds happens.

    Its secret is in no column: it is made of the salt and the shop's own key (`services.webhook_secrets`).
    """

    name = models.CharField(_("name"), max_length=80, help_text=_("For you: whose it is, or what it does."))
    url = models.URLField(
        _("address"),
        max_length=500,
        help_text=_("Where events are posted to, for example https://client.example.com/haat/events."),
    )
    kinds = models.JSONField(_("events"), default=list)
    is_enabled = models.BooleanField(
        _("enabled"),
        default=True,
        help_text=_(
            "While this is off, nothing is sent and new events are not kept for it. What waited before goes "
            "out once it is on again."
        ),
    )
    salt = models.CharField(max_length=32, default=make_salt, editable=False)
    previous_salt = models.CharField(max_length=32, blank=True, default="", editable=False)
    previous_until = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    rests_until = models.DateTimeField(_("rests until"), null=True, editable=False)
    disabled_at = models.DateTimeField(_("disabled"), null=True, editable=False)
    disabled_why = models.CharField(_("why it is disabled"), max_length=255, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = WebhookEndpointQuerySet.as_manager()

    # Wagtail's index of references is for content.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("webhook endpoint")
        verbose_name_plural = _("webhook endpoints")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        transaction.on_commit(forget_listened, robust=True)


def forget_listened() -> None:
    shared_cache.delete(LISTENED_KEY)


class WebhookDelivery(Outgoing):
    """One event for one endpoint: its words are those of the moment it happened, however late they arrive."""

    # Without a constraint: an order must neither wait for whoever changes the endpoint, nor fail because it
    # was deleted at the same moment. A row without its endpoint is never sent, and cleaned up like the others.
    endpoint = models.ForeignKey(
        WebhookEndpoint,
        on_delete=models.CASCADE,
        db_constraint=False,
        related_name="deliveries",
        verbose_name=_("endpoint"),
    )
    event_id = models.UUIDField(_("event"), default=uuid.uuid4)
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(
        _("key"), max_length=120, help_text=_("What happened; an endpoint hears of it once.")
    )
    body = models.TextField(_("body"))
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=[(status.value, status.label) for status in DELIVERY_STATUSES],
        default=OutgoingStatus.QUEUED,
    )
    answer_status = models.PositiveSmallIntegerField(_("answered with"), null=True, blank=True)
    answer = models.TextField(_("the answer began with"), blank=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["status", "send_after"], name="delivery_status_send_after"),
            models.Index(fields=["created_at"], name="delivery_created"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "key"], name="event_once_per_endpoint"),
            models.CheckConstraint(
                condition=models.Q(status__in=DELIVERY_STATUSES), name="delivery_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"
