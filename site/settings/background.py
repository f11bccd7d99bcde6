"""Celery: broker, queues and the periodic jobs."""

from celery.schedules import crontab

from . import environment
from .environment import DATA_DIR, read

__all__ = [
    "CELERY_ACCEPT_CONTENT",
    "CELERY_BEAT_SCHEDULE",
    "CELERY_BEAT_SCHEDULE_FILENAME",
    "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP",
    "CELERY_BROKER_TRANSPORT_OPTIONS",
    "CELERY_BROKER_URL",
    "CELERY_TASK_ACKS_LATE",
    "CELERY_TASK_DEFAULT_QUEUE",
    "CELERY_TASK_IGNORE_RESULT",
    "CELERY_TASK_PUBLISH_RETRY",
    "CELERY_TASK_REJECT_ON_WORKER_LOST",
    "CELERY_TASK_ROUTES",
    "CELERY_TASK_SOFT_TIME_LIMIT",
    "CELERY_TASK_TIME_LIMIT",
    "CELERY_TIMEZONE",
    "CELERY_WORKER_HIJACK_ROOT_LOGGER",
    "CELERY_WORKER_PREFETCH_MULTIPLIER",
]

CELERY_BROKER_URL = read("CELERY_BROKER_URL") or environment.redis_url() or "filesystem://localhost"


def broker_options() -> dict:
    """Folders of the filesystem transport, or Redis' timeouts: a broker that hangs must not hold a request."""
    if not CELERY_BROKER_URL.startswith("filesystem://"):
        return {"socket_timeout": 2, "socket_connect_timeout": 1, "visibility_timeout": 3600}
    folders = {
        name: DATA_DIR / "broker" / folder
        for name, folder in (
            ("data_folder_in", "messages"),
            ("data_folder_out", "messages"),
            ("control_folder", "control"),
        )
    }
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    # Looked into four times a second: at the transport's own once, a handful of payments would queue up for seconds.
    return {name: str(folder) for name, folder in folders.items()} | {"polling_interval": 0.25}


CELERY_BROKER_TRANSPORT_OPTIONS = broker_options()
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Asia/Kolkata"
CELERY_TASK_DEFAULT_QUEUE = "maintenance"
CELERY_TASK_ROUTES = {
    "notifications.*": {"queue": "emails"},
    "checkout.payments.*": {"queue": "payments"},
    "reports.*": {"queue": "reports"},
}
# What must happen has a row and a sweep; a task is only the quick way there, so nothing waits for the broker.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 150
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-outbox": {"task": "notifications.sweep_outbox", "schedule": 15.0},
    "sweep-webhooks": {"task": "checkout.payments.sweep_webhooks", "schedule": 15.0},
    "sweep-intents": {"task": "checkout.payments.sweep_intents", "schedule": 30.0},
    "sweep-refunds": {"task": "checkout.payments.sweep_refunds", "schedule": 60.0},
    "sweep-documents": {"task": "checkout.documents.sweep", "schedule": 60.0},
    "expire-orders": {"task": "checkout.orders.expire_due_orders", "schedule": 60.0},
    "publish-scheduled": {"task": "pages.publish_scheduled_pages", "schedule": 60.0},
    "summarise-days": {"task": "reports.summarise_due_days", "schedule": crontab(minute=10, hour=0)},
    "run-reports": {"task": "reports.run_due_schedules", "schedule": 60.0},
    "render-pictures": {"task": "pages.render_missing_pictures", "schedule": 60.0},
    "clean-idempotent-requests": {"task": "api.remove_outdated_requests", "schedule": crontab(minute=20)},
    "clean-sign-in-attempts": {"task": "accounts.remove_old_attempts", "schedule": crontab(minute=40)},
    "forget-deleted-accounts": {
        "task": "checkout.orders.anonymise_orders_of_deleted_accounts",
        "schedule": crontab(minute=30, hour=3),
    },
    "continue-bulk-changes": {"task": "pages.continue_bulk_changes", "schedule": 30.0},
    "forget-unapplied-changes": {
        "task": "pages.forget_unapplied_changes",
        "schedule": crontab(minute=15, hour=4),
    },
    "check-invariants": {"task": "pages.check_invariants", "schedule": crontab(minute=50, hour=3)},
    "complete-orders": {
        "task": "checkout.orders.complete_delivered_orders",
        "schedule": crontab(minute=30, hour=2),
    },
    "clean-carts": {
        "task": "checkout.carts.remove_abandoned_carts",
        "schedule": crontab(minute=0, hour=2, day_of_week="sunday"),
    },
}
