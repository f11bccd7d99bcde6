"""Silk and the debug toolbar: where requirements/dev.txt is installed, and in development with DEBUG only."""

from importlib.util import find_spec

from django.http import HttpRequest

from .environment import read_bool

# Watching costs time and a write per request, so it waits to be asked for.
WATCH_REQUESTS = read_bool("WATCH_REQUESTS", default=False)
MIDDLEWARE_OF_APPS = {
    "silk": "silk.middleware.SilkyMiddleware",
    "debug_toolbar": "debug_toolbar.middleware.DebugToolbarMiddleware",
}


def find_apps() -> list[str]:
    return [app for app in MIDDLEWARE_OF_APPS if find_spec(app)]


def find_middleware() -> list[str]:
    return [MIDDLEWARE_OF_APPS[app] for app in find_apps()]


def is_watched(request: HttpRequest) -> bool:
    """Whether Silk records the request and the page carries the toolbar."""
    return WATCH_REQUESTS
