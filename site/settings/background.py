"""Celery: broker, queues and the periodic jobs."""

from celery.schedules import crontab
from django.utils.translation import gettext_noop as _

from . import environment
from .environment import DATA_DIR, read

__all__ = [
    "CELERY_ACCEPT_CONTENT",
    "CELERY_BEAT_SCHEDULE",
    "CELERY_BEAT_SCHEDULER",
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
    "QUEUES",
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
QUEUES = ("payments", "emails", "webhooks", "maintenance", "reports")
CELERY_TASK_DEFAULT_QUEUE = "maintenance"
CELERY_TASK_ROUTES = {
    # A client that hangs must not keep mails waiting; the first pattern that fits decides.
    "notifications.webhooks.*": {"queue": "webhooks"},
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
CELERY_BEAT_SCHEDULER = "background.scheduler:ShopScheduler"


def plan(task: str, schedule: float | crontab, description: str) -> dict:
    """A job as beat first writes it; from then on its time is staff's, in the admin under Background jobs."""
    return {"task": task, "schedule": schedule, "description": description}


HOURS = 3600.0
CELERY_BEAT_SCHEDULE = {
    "sweep-outbox": plan("notifications.sweep_outbox", 15.0, _("Send mails that wait")),
    "report-dead-mails": plan(
        "notifications.report_dead_emails", 600.0, _("Put mails before staff that could not be sent")
    ),
    "remind-of-carts": plan("checkout.carts.remind", 300.0, _("Remind of full carts who agreed to that")),
    "tell-stock-watchers": plan(
        "shop.tell_stock_watchers", 60.0, _("Tell who asked that a product is back in stock")
    ),
    "check-stock": plan("checkout.stock.tell_of_low_stock", 6 * HOURS, _("Mail staff what runs low")),
    "sweep-deliveries": plan("notifications.webhooks.sweep", 15.0, _("Send webhooks that wait")),
    "clean-deliveries": plan(
        "notifications.webhooks.remove_old",
        crontab(minute=20, hour=2),
        _("Remove webhooks that were sent a month ago"),
    ),
    "sweep-webhooks": plan(
        "checkout.payments.sweep_webhooks", 15.0, _("Work through what Razorpay reported")
    ),
    "sweep-intents": plan("checkout.payments.sweep_intents", 30.0, _("Ask Razorpay about open payments")),
    "sweep-refunds": plan("checkout.payments.sweep_refunds", 60.0, _("Send refunds that wait")),
    "collect-refunds": plan(
        "checkout.payments.collect_recent_refunds", HOURS, _("Look at Razorpay for refunds that were missed")
    ),
    "sweep-documents": plan("checkout.documents.sweep", 60.0, _("Write invoices that are missing")),
    "expire-orders": plan(
        "checkout.orders.expire_due_orders", 60.0, _("End unpaid orders and free their stock")
    ),
    "publish-scheduled": plan(
        "pages.publish_scheduled_pages", 60.0, _("Publish and unpublish what is scheduled")
    ),
    "summarise-days": plan(
        "reports.summarise_due_days", crontab(minute=10, hour=0), _("Add up the day for reports")
    ),
    "run-reports": plan("reports.run_due_schedules", 60.0, _("Mail scheduled reports that are due")),
    "render-pictures": plan("pages.render_missing_pictures", 60.0, _("Make pictures in the sizes of pages")),
    "clean-idempotent-requests": plan(
        "api.remove_outdated_requests", HOURS, _("Remove kept answers of the API after a day")
    ),
    "clean-sign-in-attempts": plan(
        "accounts.remove_old_attempts", HOURS, _("Remove old attempts to sign in")
    ),
    "forget-deleted-accounts": plan(
        "checkout.orders.anonymise_orders_of_deleted_accounts",
        crontab(minute=30, hour=3),
        _("Take names out of orders of deleted accounts"),
    ),
    "continue-bulk-changes": plan(
        "pages.continue_bulk_changes", 30.0, _("Go on with price and stock changes that were interrupted")
    ),
    "continue-imports": plan("pages.continue_imports", 30.0, _("Go on with imports that were interrupted")),
    "forget-unapplied-changes": plan(
        "pages.forget_unapplied_changes",
        crontab(minute=15, hour=4),
        _("Remove price and stock changes that nobody applied"),
    ),
    "check-invariants": plan(
        "pages.check_invariants",
        crontab(minute=50, hour=3),
        _("Prove stock, orders and money, and mail what is off"),
    ),
    "index-missing-products": plan(
        "shop.index_missing_products", 60.0, _("Index new products for search that were missed")
    ),
    "rebuild-search": plan(
        "shop.rebuild_search", crontab(minute=20, hour=4), _("Index all products for search anew")
    ),
    "complete-orders": plan(
        "checkout.orders.complete_delivered_orders",
        crontab(minute=30, hour=2),
        _("Complete orders that were sent long ago"),
    ),
    "follow-unsent-cash": plan(
        "checkout.orders.follow_unsent_cash_orders",
        crontab(minute=40, hour=2),
        _("Remind of cash on delivery that was not sent, and cancel it in the end"),
    ),
    "clean-carts": plan(
        "checkout.carts.remove_abandoned_carts",
        crontab(minute=0, hour=2, day_of_week="sunday"),
        _("Remove carts that nobody touched for a week"),
    ),
}
