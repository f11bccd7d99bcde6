"""Counting attempts to sign in, in rows that are locked while they are counted: no two processes miscount."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import SignInAttempts
from database.transactions import entry_service

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """So many attempts in so many seconds, whichever of them one looks at."""

    attempts: int
    seconds: int


class TooManyAttempts(Exception):
    """One of the limits is reached; the next attempt may be made in `wait` seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"Too many attempts to sign in. Please try again in {wait} seconds.")
        self.wait = wait


@entry_service
def reserve_attempt(*, limits: Mapping[str, Limit], now: datetime) -> None:
    """Count one attempt under each name, before the password is looked at. Raises `TooManyAttempts`."""
    rows, moment = lock_rows(limits), now.timestamp()
    for name, limit in limits.items():
        row = rows[name]
        row.moments = [earlier for earlier in row.moments if earlier > moment - limit.seconds]
        if len(row.moments) >= limit.attempts:
            raise TooManyAttempts(max(1, math.ceil(row.moments[0] + limit.seconds - moment)))
        row.moments.append(moment)
    for row in rows.values():
        row.save(update_fields=["moments", "updated_at"])


@entry_service
def release_attempt(*, names: list[str], now: datetime) -> None:
    """Take one attempt back: it succeeded. Those that failed stay counted, so nobody launders them."""
    for row in lock_rows(names).values():
        if now.timestamp() in row.moments:
            row.moments.remove(now.timestamp())
            row.save(update_fields=["moments", "updated_at"])


def lock_rows(names) -> dict[str, SignInAttempts]:
    """A row for each name, locked in one order, made where there is none."""
    digests = {hash_name(name): name for name in names}
    missing = set(digests) - set(
        SignInAttempts.objects.filter(digest__in=digests).values_list("digest", flat=True)
    )
    new = [SignInAttempts(digest=digest) for digest in sorted(missing)]
    SignInAttempts.objects.bulk_create(new, ignore_conflicts=True)
    rows = SignInAttempts.objects.select_for_update().filter(digest__in=digests).order_by("digest")
    return {digests[row.digest]: row for row in rows}


def hash_name(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def remove_old_attempts() -> int:
    """Delete what is long over. Returns how many rows."""
    return SignInAttempts.objects.filter(updated_at__lt=timezone.now() - KEPT_FOR).delete()[0]
