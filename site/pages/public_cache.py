"""Public answers as ready bytes: kept under the version of everything public, the same for everybody.

An entry ends with its version, at the next moment at which prices or banners change by
themselves, or with its age. There are only so many pages, but endless query strings: of answers to those a process
shares the first `MOST_SHARED` of a version with the others, and keeps what it used last for itself.
"""

import gzip
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from database.shared_cache import shared_cache
from database.versions import Version, read_version
from pages.moments import find_noted_changes
from pages.public_parameters import canonical_query
from shop.selectors import find_last_price_change, find_next_price_change

WORTH_COMPRESSING = 1000
MOST_ENTRIES = 500
MOST_BYTES = 32 * 1024 * 1024
MOST_SHARED = 500
LARGEST_ENTRY = 500_000
BUILDING_SECONDS = 10
WAITING_SECONDS = 2.0
PAUSE_SECONDS = 0.02


@dataclass(frozen=True)
class Entry:
    """The bytes of an answer, as they are and compressed; `ends_at` is when they are no longer true."""

    content: bytes
    compressed: bytes
    content_type: str
    digest: str
    modified_at: datetime
    ends_at: datetime

    @property
    def size(self) -> int:
        return len(self.content) + len(self.compressed)


class Shelf:
    """The entries this process used last."""

    def __init__(self) -> None:
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: str) -> Entry | None:
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
            return self._entries.get(key)

    def put(self, key: str, entry: Entry) -> None:
        with self._lock:
            self._bytes += entry.size - (self._entries[key].size if key in self._entries else 0)
            self._entries[key] = entry
            self._entries.move_to_end(key)
            while len(self._entries) > MOST_ENTRIES or self._bytes > MOST_BYTES:
                self._bytes -= self._entries.popitem(last=False)[1].size

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self._bytes = 0


class Allowance:
    """How many answers to query strings this process may still share under a version."""

    def __init__(self) -> None:
        self._token, self._left = "", 0

    def take(self, token: str) -> bool:
        if token != self._token:
            self._token, self._left = token, MOST_SHARED
        self._left -= 1
        return self._left >= 0


shelf = Shelf()
allowance = Allowance()


def find_or_build(request: HttpRequest, build: Callable[[], HttpResponse]) -> Entry | HttpResponse:
    """The entry for this request. One process builds a missing one while the others wait for it.

    A response instead of an entry is what `build` gave that nobody may keep.
    """
    version = read_version()
    key = make_key(request, version)
    if not settings.PUBLIC_CACHE_SECONDS or key is None:
        return make_entry(build(), version, request)
    entry = find_entry(key)
    if entry is not None:
        return entry
    claim = f"{key}:building"
    if not shared_cache.claim(claim, BUILDING_SECONDS):
        return wait_for(key) or make_entry(build(), version, request)
    try:
        made = make_entry(build(), version, request)
        if isinstance(made, Entry):
            keep_entry(key, made, is_shared=is_plain(request) or allowance.take(version.token))
        return made
    finally:
        shared_cache.delete(claim)


def find_kept(request: HttpRequest) -> Entry | None:
    """The entry for this request if there is one."""
    if not settings.PUBLIC_CACHE_SECONDS:
        return None
    key = make_key(request, read_version())
    return find_entry(key) if key else None


def make_key(request: HttpRequest, version: Version) -> str | None:
    """None where the answer to this address is not kept."""
    query = canonical_query(request)
    if query is None:
        return None
    parts = (settings.RELEASE, version.token, request.scheme, request.get_host(), request.path, query)
    return "public:" + sha256("\n".join(parts).encode()).hexdigest()


def find_entry(key: str) -> Entry | None:
    entry = shelf.get(key)
    if entry is None:
        entry = shared_cache.get(key)
        if entry is not None:
            shelf.put(key, entry)
    return entry if entry is not None and timezone.now() < entry.ends_at else None


def is_plain(request: HttpRequest) -> bool:
    return not request.META.get("QUERY_STRING")


def keep_entry(key: str, entry: Entry, *, is_shared: bool = True) -> None:
    seconds = int((entry.ends_at - timezone.now()).total_seconds())
    if seconds > 0 and len(entry.content) <= LARGEST_ENTRY:
        shelf.put(key, entry)
        if is_shared:
            shared_cache.set(key, entry, seconds)


def wait_for(key: str) -> Entry | None:
    """What another process is building, or None where that takes too long."""
    gives_up_at = time.monotonic() + WAITING_SECONDS
    while time.monotonic() < gives_up_at:
        time.sleep(PAUSE_SECONDS)
        entry = find_entry(key)
        if entry is not None or shared_cache.get(f"{key}:building") is None:
            return entry
    return None


def make_entry(response: HttpResponse, version: Version, request: HttpRequest) -> Entry | HttpResponse:
    """The response as an entry, or itself where it is no plain answer for everybody."""
    if response.status_code != 200 or response.streaming or is_personal(response):
        return response
    now = timezone.now()
    oldest = now + timedelta(seconds=settings.PUBLIC_CACHE_SECONDS)
    noted = find_noted_changes(request)
    content = response.content
    return Entry(
        content=content,
        compressed=gzip.compress(content, 6, mtime=0) if len(content) >= WORTH_COMPRESSING else b"",
        content_type=response.headers["Content-Type"],
        digest=sha256(settings.RELEASE.encode() + content).hexdigest()[:32],
        modified_at=max(
            version.changed_at,
            find_last_price_change(now) or version.changed_at,
            *(at for at in noted if at <= now),
        ),
        ends_at=min(oldest, find_next_price_change(now) or oldest, *(at for at in noted if at > now)),
    )


def is_personal(response: HttpResponse) -> bool:
    """Whether somebody's session or cookie had a part in it. Whoever reads the session varies by the cookie."""
    varies = response.headers.get("Vary", "").lower()
    return bool(response.cookies) or "cookie" in varies or "private" in response.get("Cache-Control", "")
