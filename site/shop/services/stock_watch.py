"""Back in stock: who asked is told once, when a product that was sold out can be bought again."""

from datetime import datetime

from django.utils import timezone

from database.sweeps import SWEEP_SIZE, sweep
from database.transactions import entry_service
from notifications.enums import ConsentTopic
from notifications.models import Consent, MarketingSettings
from notifications.services.consents import give_consent, normalise
from notifications.services.marketing import find_opening, queue_marketing_mail
from shop.mail_kinds import describe_product
from shop.models import Product, StockWatch

PRODUCT = "product:"


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


def forget_watches(*, address: str) -> None:
    """End what somebody waited for, whose address must not stand in it any longer. Inner service."""
    StockWatch.objects.filter(consent__address=normalise(address)).update(waiting_key=None)


def tell_watchers(*, now: datetime) -> int:
    """Mail those whose product is back, each once. Returns how many."""
    wishes = MarketingSettings.load()
    if not wishes.tells_of_stock or find_opening(now, wishes):
        return 0
    waiting = StockWatch.objects.filter(waiting_key__isnull=False, consent__in=Consent.objects.given())
    due = waiting.filter(product__is_live=True, product__inventory__gt=0)
    return sweep(
        lambda pk: tell_watcher(watch_id=pk, now=now),
        due.order_by("pk").values_list("pk", flat=True)[:SWEEP_SIZE],
    )


@entry_service
def tell_watcher(*, watch_id: int, now: datetime) -> bool:
    """Queue one mail, and end the wish with it. False where it may not be sent now."""
    watches = StockWatch.objects.select_for_update().filter(pk=watch_id, waiting_key__isnull=False)
    watch = watches.select_related("consent", "product").first()
    if watch is None or not is_back(f"{PRODUCT}{watch.product_id}"):
        return False
    sample = describe_product(watch.product)
    queued = queue_marketing_mail(
        kind="back_in_stock",
        purpose=f"back-in-stock:{watch.pk}",
        consent=watch.consent,
        values=sample.values,
        context=sample.context,
        about=f"{PRODUCT}{watch.product_id}",
        now=now,
    )
    if queued:
        StockWatch.objects.filter(pk=watch.pk).update(waiting_key=None, mailed_at=now)
    return queued


def is_back(about: str) -> bool:
    """Whether the product can be bought, also as its mail leaves."""
    return Product.objects.live().in_stock().filter(pk=int(about.removeprefix(PRODUCT))).exists()
