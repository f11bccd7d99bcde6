"""Background work of the shop."""

from celery import shared_task
from django.utils import timezone

from shop.services.search_index import index_missing, rebuild_index
from shop.services.searches import remove_old_searches
from shop.services.stock_watch import tell_watchers


@shared_task(name="shop.tell_stock_watchers")
def tell_stock_watchers() -> None:
    tell_watchers(now=timezone.now())


@shared_task(name="shop.index_missing_products")
def index_missing_products() -> None:
    index_missing()


@shared_task(name="shop.rebuild_search", soft_time_limit=1800, time_limit=1860)
def rebuild_search() -> None:
    """Every night: words of tags and collections that were renamed, and of whatever was changed past the services."""
    rebuild_index()
    remove_old_searches(on=timezone.localdate())
