"""The version of everything public: whoever caches an answer keeps it under this token.

A write replaces the token in its own transaction, so both are seen together or not at all. A process keeps a
copy for `COPY_SECONDS` at most; after the commit the shared cache tells every process to look again. If that
word is lost, by a crash or with Redis, nothing is stale longer than the copy lives.
"""

import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from database.models import PublicVersion
from database.shared_cache import shared_cache
from database.transactions import run_before_commit

COPY_SECONDS = 5.0
NEWS_KEY = "public-version:news"
ROW = 1


@dataclass(frozen=True)
class Version:
    token: str
    changed_at: datetime


# Before anything was ever written.
FIRST = Version(token="", changed_at=datetime(2026, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Copy:
    version: Version
    news: str | None
    read_at: float


class Held:
    """This process's copy."""

    copy: Copy | None = None


def mark_changed() -> None:
    """Say that the running transaction changes what everybody reads.

    Inside an entry service the token is replaced last, so that its one row is locked only for the commit.
    """
    run_before_commit(replace_token)


def replace_token() -> None:
    values = {"token": secrets.token_hex(8), "changed_at": timezone.now()}
    rows = PublicVersion.objects.filter(pk=ROW)
    if not rows.update(**values):
        # Whoever inserts it first: another transaction may be about to.
        PublicVersion.objects.bulk_create([PublicVersion(pk=ROW, **values)], ignore_conflicts=True)
        rows.update(**values)
    transaction.on_commit(tell_processes, robust=True)


def tell_processes() -> None:
    Held.copy = None
    shared_cache.set(NEWS_KEY, secrets.token_hex(8), None)


def read_version() -> Version:
    """The version in force, or one that was within the last `COPY_SECONDS`."""
    # The news are read before the row: a write that comes between changes them, and is noticed next time.
    news, now = shared_cache.get(NEWS_KEY), time.monotonic()
    copy = Held.copy
    if copy is not None and copy.news == news and now - copy.read_at < COPY_SECONDS:
        return copy.version
    row = PublicVersion.objects.filter(pk=ROW).first()
    version = Version(token=row.token, changed_at=row.changed_at) if row else FIRST
    Held.copy = Copy(version=version, news=news, read_at=now)
    return version
