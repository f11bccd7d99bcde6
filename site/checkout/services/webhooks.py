"""Razorpay's webhooks: checked, stored once, answered at once, and processed from the stored row."""

import hashlib
import json
import logging
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from checkout.enums import WebhookStatus
from checkout.gateways import razorpay, signatures
from checkout.models import Payment, WebhookEvent
from checkout.services.disputes import record_dispute
from checkout.services.payments import UnknownPayment, apply_payment
from checkout.services.refund_reports import record_refund
from database.backoff import find_pause
from database.sweeps import SWEEP_SIZE, sweep
from database.transactions import entry_service, send_after_commit

logger = logging.getLogger(__name__)

PROCESS_TASK = "checkout.payments.process_webhook"
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)


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
    if not signatures.is_webhook_signature_valid(body=body, signature=signature):
        raise InvalidWebhook
    try:
        text = body.decode()
        name = str(json.loads(text)["event"])
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidWebhook from error
    store_event(event_id=event_id or hashlib.sha256(body).hexdigest(), name=name, body=text)


@entry_service(within=2.0)  # Razorpay waits five seconds for its answer, and comes again
def store_event(*, event_id: str, name: str, body: str) -> None:
    # The sweep comes after the task that is sent here has had its chance.
    event = WebhookEvent(
        event_id=event_id[:64], name=name[:60], body=body, next_try_at=timezone.now() + FIRST_PAUSE
    )
    WebhookEvent.objects.bulk_create([event], ignore_conflicts=True)
    send_after_commit(PROCESS_TASK, event.event_id)


def process_due_webhooks(*, now: datetime) -> None:
    """Go on with the events that no task finished."""
    due = WebhookEvent.objects.due(now).values_list("event_id", flat=True)[:SWEEP_SIZE]
    sweep(lambda event_id: process_webhook(event_id=event_id), due)


def process_webhook(*, event_id: str) -> None:
    """Let a stored event take effect; where Razorpay is away it is tried again later and later."""
    event = WebhookEvent.objects.unprocessed().filter(event_id=event_id).first()
    if event is None:
        return
    postpone_event(event)  # first, so that one whose processing dies or fails in an odd way waits its turn
    try:
        why = act_on_event(json.loads(event.body))
    except razorpay.GatewayUnavailable as error:
        logger.warning("Webhook %s waits: %s", event_id, error)
        return
    except (UnknownPayment, razorpay.GatewayError) as error:
        why = str(error)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError, OSError) as error:
        why = f"The event could not be read: {error!r}"
    finish_event(event_id=event_id, why=why)


@entry_service
def postpone_event(event: WebhookEvent) -> None:
    pause = find_pause(attempts=event.attempts, first=FIRST_PAUSE, longest=LONGEST_PAUSE)
    WebhookEvent.objects.filter(pk=event.pk).update(
        attempts=F("attempts") + 1, next_try_at=timezone.now() + pause
    )


@entry_service
def finish_event(*, event_id: str, why: str) -> None:
    """Processed, or with a reason parked for staff to look at."""
    WebhookEvent.objects.filter(event_id=event_id).update(
        status=WebhookStatus.PARKED if why else WebhookStatus.PROCESSED,
        why=why[:255],
        processed_at=timezone.now(),
    )


def act_on_event(event: dict) -> str:
    """Returns why the event is put aside for staff, or an empty string."""
    payload = event.get("payload") or {}
    if "refund" in payload:
        return follow_refund(payload["refund"]["entity"])
    if "dispute" in payload:
        return follow_dispute(payload["dispute"]["entity"], created_at=event["created_at"])
    if "payment" in payload:
        # Only the id is used: the payload is a snapshot of then, Razorpay tells what is now.
        apply_payment(razorpay_payment_id=payload["payment"]["entity"]["id"])
        return ""
    return "An event this shop has no use for."


def follow_dispute(entity: dict, *, created_at: int) -> str:
    reported = razorpay.read_dispute(entity)
    if not is_ours(reported.payment_id):
        apply_payment(razorpay_payment_id=reported.payment_id)  # its own event is still on the way
    record_dispute(reported=reported, reported_at=datetime.fromtimestamp(created_at, tz=UTC))
    return ""


def follow_refund(entity: dict) -> str:
    reported = razorpay.fetch_refund(entity["id"])
    if not is_ours(reported.payment_id):
        apply_payment(razorpay_payment_id=reported.payment_id)  # its own event is still on the way
    record_refund(reported=reported)
    return ""


def is_ours(payment_id: str) -> bool:
    return Payment.objects.filter(provider="razorpay", provider_id=payment_id).exists()
