"""Keys of requests: claimed before the effect, in a transaction of their own, answered after it."""

import math
from datetime import datetime, timedelta

from django.utils import timezone

from api.models import IdempotentRequest, make_token
from database.transactions import entry_service

LEASE = timedelta(seconds=60)
USUAL_WAIT = 2
CLEANED_AT_ONCE = 1000


class KeyInFlight(Exception):
    """Another request with this key is at work; ask again in `wait` seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__("A request with this Idempotency-Key is still being processed. Please try again.")
        self.wait = wait


class KeyOfAnotherRequest(Exception):
    """The key came with another method, path or body before."""

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used for another request. Please use a new one.")


@entry_service
def claim_key(*, digest: str, fingerprint: str, now: datetime) -> IdempotentRequest:
    """The request's row: answered already, or ours to work on for `LEASE`.

    A row whose lease ended belonged to a request that died; we go on where it stopped, with its
    `effect_key`. Raises `KeyInFlight` and `KeyOfAnotherRequest`.
    """
    IdempotentRequest.objects.outdated(now).filter(digest=digest).delete()
    row = write_row(digest=digest, fingerprint=fingerprint, now=now)
    if row.fingerprint != fingerprint:
        raise KeyOfAnotherRequest
    return row


def write_row(*, digest: str, fingerprint: str, now: datetime) -> IdempotentRequest:
    """Insert the row where there is none; else the one that is there, if it is answered or its lease ended."""
    mine = IdempotentRequest(digest=digest, fingerprint=fingerprint, leased_until=now + LEASE, created_at=now)
    IdempotentRequest.objects.bulk_create([mine], ignore_conflicts=True)
    row = IdempotentRequest.objects.get(digest=digest)
    if row.owner == mine.owner or row.is_answered or row.fingerprint != fingerprint:
        return row
    return take_over(row, now=now)


def take_over(row: IdempotentRequest, *, now: datetime) -> IdempotentRequest:
    """Of several retries one wins the statement. Raises `KeyInFlight`."""
    owner, lease = make_token(), now + LEASE
    waiting = IdempotentRequest.objects.filter(pk=row.pk, status=None, leased_until__lte=now)
    if not waiting.update(owner=owner, leased_until=lease):
        raise KeyInFlight(wait=find_wait(row, now=now))
    row.owner, row.leased_until = owner, lease
    return row


def find_wait(row: IdempotentRequest, *, now: datetime) -> int:
    """Seconds after which it is worth asking again: most requests are done by then, long before their lease ends."""
    left = (row.leased_until - now).total_seconds()
    return max(1, min(USUAL_WAIT, math.ceil(left)))


@entry_service
def keep_answer(*, row: IdempotentRequest, status: int, content: str) -> None:
    """Write down what every repetition will be told, unless another try has taken over meanwhile."""
    find_own(row).update(status=status, content=content)


@entry_service(within=2.0)  # its caller has waited long already, and has no effect to lose
def release_key(*, row: IdempotentRequest, now: datetime) -> None:
    """End the lease without an answer: the next request with the key tries again at once."""
    find_own(row).update(leased_until=now)


def find_own(row: IdempotentRequest):
    return IdempotentRequest.objects.filter(pk=row.pk, owner=row.owner, status=None)


def remove_outdated_requests() -> int:
    """Delete what is kept no longer, in small transactions. Returns how many."""
    count = 0
    while removed := remove_some_requests():
        count += removed
    return count


@entry_service
def remove_some_requests() -> int:
    outdated = IdempotentRequest.objects.outdated(timezone.now()).values_list("pk", flat=True)
    chosen = list(outdated[:CLEANED_AT_ONCE])  # MariaDB deletes from no limited subquery
    return IdempotentRequest.objects.filter(pk__in=chosen).delete()[0]
