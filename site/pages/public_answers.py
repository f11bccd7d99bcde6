"""How a public answer leaves: with validators, compressed where the client can, as 304 where it has it already."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from pages.public_cache import Entry, find_or_build

REVALIDATED = "max-age=0, must-revalidate"
PERSONAL = "private, no-store"
PRECONDITIONS = ("If-Match", "If-Unmodified-Since")


def answer_public(request: HttpRequest, build: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a GET or HEAD with what `build` renders for everybody, or with what it rendered before.

    What turns out to depend on who asks is answered as it is, and nobody may keep it.
    """
    made = find_or_build(request, lambda: build_for_everybody(request, build))
    if isinstance(made, Entry):
        return answer_entry(request, made)
    if made.status_code == 200:
        made.headers["Cache-Control"] = PERSONAL
    return made


def build_for_everybody(request: HttpRequest, build: Callable[[], HttpResponse]) -> HttpResponse:
    response = build()
    if hasattr(response, "render"):
        response = response.render()
    # The middleware that says so by `Vary` comes after us.
    if getattr(getattr(request, "session", None), "accessed", False):
        patch_vary_headers(response, ["Cookie"])
    return response


def answer_entry(request: HttpRequest, entry: Entry) -> HttpResponse:
    zipped = bool(entry.compressed) and "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(entry.compressed if zipped else entry.content, content_type=entry.content_type)
    response.headers["Cache-Control"] = cache_control()
    response.headers["ETag"] = f'"{entry.digest}{"-gzip" if zipped else ""}"'
    response.headers["Last-Modified"] = http_date(entry.modified_at.timestamp())
    response.headers["Content-Length"] = str(len(response.content))
    if entry.compressed:
        patch_vary_headers(response, ["Accept-Encoding"])
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    if any(name in request.headers for name in PRECONDITIONS):
        return response  # they protect writes; a read has nothing to lose
    return get_conditional_response(
        request, response.headers["ETag"], int(entry.modified_at.timestamp()), response
    )


def cache_control() -> str:
    """A CDN may keep public answers for longer where the shop's owner accepts what is stale for that long."""
    seconds = settings.PUBLIC_CDN_SECONDS
    return f"public, max-age=0, s-maxage={seconds}" if seconds else REVALIDATED


def public_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose answer is the same bytes for everybody."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return answer_public(request, lambda: view(request, *args, **kwargs))

    return answer
