"""The WSGI application that granian (or gunicorn) serves."""

import os

from django.core.cache import caches
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from settings.celery import app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")

application = get_wsgi_application()


def load_before_threads() -> None:
    """Import what requests would import first: two threads at once can deadlock in a library's own circle.

    redis is such a library: a process whose first two requests met in it answered one of them with 500.
    Nothing is connected here, so that a shop starts while Redis is down.
    """
    caches.all()
    _ = app.connection_for_write().transport
    _ = get_resolver().url_patterns


load_before_threads()
