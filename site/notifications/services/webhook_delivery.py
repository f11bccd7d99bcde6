"""The way out for what clients are told: claim a row, call the endpoint, write down what it said.

At least once: a call whose answer was lost is made again, with the same event id.
"""

import logging
import random
import time
from datetime import datetime, timedelta

from django.utils import timezone

from database.backoff import find_pause
from database.shared_cache import shared_cache
from database.sweeps import SWEEP_SIZE, sweep
from database.transactions import entry_service
from notifications.enums import OutgoingStatus
from notifications.gateways.addresses import AddressRefused
from notifications.gateways.receivers import Answer, NotReceived, post
from notifications.models import WebhookDelivery
from notifications.services.delivery import LEASE
from notifications.services.webhook_endpoints import note_failure, note_success
from notifications.services.webhook_secrets import find_secrets, sign

logger = logging.getLogger(__name__)

GIVE_UP_AFTER = timedelta(days=3)
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=4)
SWEEP_SECONDS = 60  # then the next sweep goes on: clients that are slow must not keep a worker
SWEEP_KEY = "webhooks:sweep"


def deliver_due_events(*, now: datetime) -> int:
    """Call for every row that is due, oldest first. Returns how many were called for.

    One sweep at a time. An endpoint that fails rests, so it costs a sweep one call.
    """
    requeue_stuck_deliveries(now=now)
    if not shared_cache.claim(SWEEP_KEY, SWEEP_SECONDS):
        return 0
    ends_at = time.monotonic() + SWEEP_SECONDS
    due = WebhookDelivery.objects.due(now).to_open_endpoints(now)
    try:
        return sweep(
            lambda row: time.monotonic() < ends_at and deliver_event(endpoint_id=row[0], key=row[1]),
            due.values_list("endpoint_id", "key")[:SWEEP_SIZE],
        )
    finally:
        shared_cache.delete(SWEEP_KEY)


@entry_service
def requeue_stuck_deliveries(*, now: datetime) -> int:
    """Put back what a sender left behind that died in the middle."""
    lost = "The sender stopped before an answer was written down."
    stuck = WebhookDelivery.objects.stuck(now, LEASE)
    return stuck.update(status=OutgoingStatus.QUEUED, last_error=lost, send_after=now)


def deliver_event(*, endpoint_id: int, key: str) -> bool:
    """Call an endpoint for one event that is due. False where it is not, or another sender has it."""
    delivery = claim_delivery(endpoint_id=endpoint_id, key=key, now=timezone.now())
    if delivery is None:
        return False
    try:
        answer = call(delivery)
    except (AddressRefused, NotReceived) as error:
        logger.warning("Event %s did not reach %s: %s", delivery.event_id, delivery.endpoint.url, error)
        record_failure(delivery=delivery, error=str(error), answer=None, now=timezone.now())
        return True
    if answer.is_success:
        record_success(delivery=delivery, answer=answer, now=timezone.now())
    else:
        error = f"HTTP {answer.status}"
        record_failure(delivery=delivery, error=error, answer=answer, now=timezone.now())
    return True


@entry_service
def claim_delivery(*, endpoint_id: int, key: str, now: datetime) -> WebhookDelivery | None:
    waiting = WebhookDelivery.objects.due(now).to_open_endpoints(now).select_related("endpoint")
    delivery = waiting.filter(endpoint_id=endpoint_id, key=key).first()
    if delivery is None or not WebhookDelivery.objects.filter(pk=delivery.pk).claim(now):
        return None
    delivery.claimed_at = now
    delivery.attempts += 1
    return delivery


def call(delivery: WebhookDelivery) -> Answer:
    """Raises `AddressRefused` and `NotReceived`."""
    body, now = delivery.body.encode(), timezone.now()
    secrets = find_secrets(delivery.endpoint, now=now)
    return post(
        url=delivery.endpoint.url,
        body=body,
        headers={
            "Content-Type": "application/json",
            "User-Agent": "Haat-Webhooks/1",
            "Haat-Event": str(delivery.event_id),
            "Haat-Delivery": str(delivery.pk),
            "Haat-Signature": sign(body, secrets=secrets, at=now),
        },
    )


@entry_service
def record_success(*, delivery: WebhookDelivery, answer: Answer, now: datetime) -> None:
    """Any 2xx: it was taken, and the endpoint is well."""
    note_success(endpoint_id=delivery.endpoint_id)
    write_outcome(delivery, answer=answer, status=OutgoingStatus.SENT, sent_at=now, last_error="")


@entry_service
def record_failure(*, delivery: WebhookDelivery, error: str, answer: Answer | None, now: datetime) -> None:
    """Plan the next try, or none after three days. The endpoint rests, and is switched off after a day of this."""
    note_failure(endpoint_id=delivery.endpoint_id, error=error, now=now)
    is_over = now - delivery.created_at > GIVE_UP_AFTER
    write_outcome(
        delivery,
        answer=answer,
        status=OutgoingStatus.FAILED if is_over else OutgoingStatus.QUEUED,
        last_error=error[:2000],
        send_after=now + find_next_pause(delivery.attempts),
    )


def find_next_pause(attempts: int) -> timedelta:
    """With jitter, so that what failed together is not tried again together."""
    pause = find_pause(attempts=attempts, first=FIRST_PAUSE, longest=LONGEST_PAUSE)
    return pause * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, not a secret


def write_outcome(delivery: WebhookDelivery, *, answer: Answer | None, **columns) -> None:
    """Of this very claim: whoever was given up and comes late does not overwrite what another sender wrote."""
    mine = WebhookDelivery.objects.filter(
        pk=delivery.pk, status=OutgoingStatus.SENDING, claimed_at=delivery.claimed_at
    )
    mine.update(
        **columns, answer_status=answer.status if answer else None, answer=answer.text if answer else ""
    )
