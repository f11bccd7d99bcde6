"""Back in stock: who asked is told once, when a product that was sold out can be bought again."""

from datetime import datetime

from django.utils import timezone

from database.transactions import entry_service
from notifications.enums import ConsentTopic
from notifications.services.consents import give_consent
from shop.models import Product, StockWatch


class InStock(Exception):
    """There is nothing to wait for."""

    def __init__(self) -> None:
        super().__init__("This product is in stock: you can buy it now.")


class NotWatchable(Exception):
    """The product is not on sale."""

    def __init__(self) -> None:
        super().__init__("This product is not for sale any more.")


@entry_service
def watch_stock(
    *, product_id: int, email: str, source: str, wording: str, at: datetime | None = None
) -> StockWatch:
    """Write down that somebody wants to hear when the product is back; asked twice it is one wish.

    `source` says where (a page's path), `wording` is the very sentence beside the form: both are kept as the
    consent. Raises `InStock` and `NotWatchable`.
    """
    at = at or timezone.now()
    product = Product.objects.live().filter(pk=product_id).first()
    if product is None:
        raise NotWatchable
    if product.inventory > 0:
        raise InStock
    consent = give_consent(email=email, topic=ConsentTopic.STOCK, source=source, wording=wording, at=at)
    key = f"{product_id}:{consent.address}"
    watch = StockWatch(product=product, consent=consent, waiting_key=key, asked_at=at)
    StockWatch.objects.bulk_create([watch], ignore_conflicts=True)
    # The wish may be older than a consent that was withdrawn and given anew.
    StockWatch.objects.filter(waiting_key=key).update(consent=consent)
    return StockWatch.objects.get(waiting_key=key)
