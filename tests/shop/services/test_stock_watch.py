import pytest
from django.utils import timezone

from notifications.models import Consent
from shop.models import StockWatch
from shop.services.stock_watch import InStock, NotWatchable, watch_stock
from tests.factories.catalogue import make_item

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def watch(product, email="Asha@example.com") -> StockWatch:
    return watch_stock(
        product_id=product.pk, email=email, source="/lamp/", wording="Tell me when it is back.", at=NOW
    )


def test_wish_is_written_once_with_its_consent():
    product = make_item(inventory=0)
    first, second = watch(product), watch(product, "asha@example.com ")
    assert first == second
    assert (first.product, first.asked_at, first.mailed_at) == (product, NOW, None)
    consent = Consent.objects.get()
    assert first.consent == consent
    assert (consent.address, consent.topic, consent.source, consent.confirmed_at) == (
        "asha@example.com",
        "stock",
        "/lamp/",
        NOW,
    )


def test_product_in_stock_or_not_for_sale_cannot_be_waited_for():
    with pytest.raises(InStock):
        watch(make_item(inventory=1))
    hidden = make_item(inventory=0)
    type(hidden).objects.filter(pk=hidden.pk).update(is_live=False)
    with pytest.raises(NotWatchable):
        watch(hidden)
    assert not Consent.objects.exists()
