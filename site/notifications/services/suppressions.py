"""Addresses that get no mail: one to them bounced, or was called spam. Staff may lift that."""

from datetime import datetime

from database.transactions import entry_service
from notifications.enums import ConsentTopic, SuppressionReason
from notifications.models import Suppression
from notifications.services.consents import normalise, withdraw_topics


def is_suppressed(address: str) -> bool:
    return Suppression.objects.in_force().filter(address=normalise(address)).exists()


def suppress(*, address: str, reason: SuppressionReason, detail: str, at: datetime) -> None:
    """Send nothing more to an address. Who called a mail spam agreed to none: consents end. Inner service."""
    address = normalise(address)
    row = {"reason": reason, "detail": detail, "since": at}
    Suppression.objects.bulk_create([Suppression(address=address, **row)], ignore_conflicts=True)
    lifted = Suppression.objects.filter(address=address, lifted_at__isnull=False)
    lifted.update(**row, lifted_at=None, lifted_by=None)
    if reason == SuppressionReason.COMPLAINED:
        withdraw_topics(address=address, topics=ConsentTopic.values, how="called a mail spam", at=at)


@entry_service
def lift_suppression(*, suppression_id: int, by_id: int, at: datetime) -> bool:
    """Let mail go to an address again. False where somebody had done so before."""
    rows = Suppression.objects.in_force().filter(pk=suppression_id)
    return rows.update(lifted_at=at, lifted_by_id=by_id) == 1
