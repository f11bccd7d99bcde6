from datetime import UTC, datetime

import pytest

from notifications.models import Consent, MarketingSettings, OutgoingEmail
from notifications.services.consents import withdraw_consent
from notifications.services.delivery import deliver_email
from shop.models import Product, StockWatch
from shop.services.stock_watch import InStock, NotWatchable, forget_watches, tell_watchers, watch_stock
from tests.factories.catalogue import make_item

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # noon in India


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


def refill(product, count: int = 1) -> None:
    Product.objects.filter(pk=product.pk).update(inventory=count)


def test_who_asked_is_told_once_when_the_product_is_back():
    product, other = make_item(title="Brass lamp", inventory=0), make_item(inventory=0)
    watch(product)
    watch(other, "ravi@example.com")
    assert tell_watchers(now=NOW) == 0
    refill(product)
    assert [tell_watchers(now=NOW) for _ in range(2)] == [1, 0]
    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.kind, mail.subject) == ("asha@example.com", "back_in_stock", "Brass lamp is back")
    assert mail.consent.topic == "stock"
    for text in (mail.text, mail.html):
        assert f"/mail/unsubscribe/{mail.consent.token}/" in text
    assert StockWatch.objects.get(product=product).mailed_at == NOW
    refill(product, 0)
    assert watch(product).waiting_key == f"{product.pk}:asha@example.com"


def test_mail_does_not_leave_once_the_product_is_gone_again():
    product = make_item(inventory=0)
    watch(product)
    refill(product)
    tell_watchers(now=NOW)
    refill(product, 0)
    assert deliver_email(purpose=OutgoingEmail.objects.get().purpose) == "dropped"


@pytest.mark.parametrize("why", ["withdrawn", "switched off", "hidden"])
def test_nobody_is_told(why):
    product = make_item(inventory=0)
    wish = watch(product)
    refill(product)
    if why == "withdrawn":
        withdraw_consent(token=wish.consent.token, how="link", at=NOW)
    elif why == "hidden":
        Product.objects.update(is_live=False)
    else:
        wishes = MarketingSettings.load()
        wishes.tells_of_stock = False
        wishes.save()
    assert tell_watchers(now=NOW) == 0
    assert not OutgoingEmail.objects.exists()


def test_forgotten_address_stands_in_no_wish():
    product = make_item(inventory=0)
    mine, other = watch(product), watch(product, "ravi@example.com")

    forget_watches(address="ASHA@example.com")

    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.waiting_key, other.waiting_key) == (None, f"{product.pk}:ravi@example.com")
