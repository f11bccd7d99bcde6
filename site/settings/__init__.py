"""Wiring: the only place that knows every other app. The Celery app loads with Django, so that tasks find it."""

from .celery import app as celery_app

__all__ = ["celery_app"]
