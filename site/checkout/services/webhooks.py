"""Razorpay's webhooks: checked, stored once, answered at once, and processed from the stored row."""

import hashlib
import json
import logging

from django.conf import settings
from django.utils import timezone

from checkout.enums import WebhookStatus
from checkout.gateways import razorpay
from checkout.models import Refund, WebhookEvent
from checkout.services.payments import UnknownPayment, apply_payment
from checkout.services.refunds import settle_refund
from database.transactions import entry_service, send_after_commit

logger = logging.getLogger(__name__)

PROCESS_TASK = "checkout.payments.process_webhook"


class WebhooksNotConfigured(Exception):
    """No secret is set, so no event can be trusted."""


class InvalidWebhook(Exception):
    """The signature is missing or wrong, or the body is no event."""

    def __init__(self) -> None:
        super().__init__("Invalid signature")


def receive_webhook(*, body: bytes, signature: str | None, event_id: str | None) -> None:
    """Store an event with a good signature and have it processed. Repeats change nothing.

    Raises `WebhooksNotConfigured` and `InvalidWebhook`.
    """
    if not settings.RAZORPAY_WEBHOOK_SECRETS:
        raise WebhooksNotConfigured
    if not razorpay.is_webhook_signature_valid(body=body, signature=signature):
        raise InvalidWebhook
    try:
        text = body.decode()
        name = str(json.loads(text)["event"])
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidWebhook from error
    store_event(event_id=event_id or hashlib.sha256(body).hexdigest(), name=name, body=text)


@entry_service
def store_event(*, event_id: str, name: str, body: str) -> None:
    event = WebhookEvent(event_id=event_id[:64], name=name[:60], body=body)
    WebhookEvent.objects.bulk_create([event], ignore_conflicts=True)
    send_after_commit(PROCESS_TASK, event.event_id)


def process_webhook(*, event_id: str) -> None:
    """Let a stored event take effect. Raises `GatewayUnavailable`: the sweep then tries again."""
    event = WebhookEvent.objects.unprocessed().filter(event_id=event_id).first()
    if event is None:
        return
    try:
        why = act_on_event(json.loads(event.body))
    except razorpay.GatewayUnavailable:
        raise
    except (UnknownPayment, razorpay.GatewayError) as error:
        why = str(error)
    except (KeyError, TypeError, ValueError) as error:
        why = f"The event could not be read: {error!r}"
    event.status = WebhookStatus.PARKED if why else WebhookStatus.PROCESSED
    event.why, event.processed_at = why[:255], timezone.now()
    event.save(update_fields=["status", "why", "processed_at"])


def act_on_event(event: dict) -> str:
    """Returns why the event is put aside for staff, or an empty string."""
    payload = event.get("payload") or {}
    if "refund" in payload:
        return follow_refund(payload["refund"]["entity"])
    if "dispute" in payload:
        return "A dispute: answer it at Razorpay."
    if "payment" in payload:
        # Only the id is used: the payload is a snapshot of then, Razorpay tells what is now.
        apply_payment(razorpay_payment_id=payload["payment"]["entity"]["id"])
        return ""
    return "An event this shop has no use for."


def follow_refund(entity: dict) -> str:
    refund = Refund.objects.filter(razorpay_refund_id=entity["id"]).first()
    refund = refund or Refund.objects.filter(key=entity.get("receipt") or "").first()
    if refund is None:
        return "A refund that was not made here."
    answer = razorpay.fetch_refund(entity["id"])
    settle_refund(refund_id=refund.pk, razorpay_refund_id=answer.id, status=answer.status)
    return ""
