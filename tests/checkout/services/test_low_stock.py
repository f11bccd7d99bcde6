import pytest
from django.utils import timezone

from checkout.services.low_stock import tell_of_low_stock
from notifications.models import OutgoingEmail
from shop.models import Product
from tests.factories.catalogue import make_item

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture(autouse=True)
def _staff(settings):
    settings.STAFF_EMAILS = ["owner@example.com"]


def put(product: Product, inventory: int) -> None:
    Product.objects.filter(pk=product.pk).update(inventory=inventory)


def test_staff_are_told_once_for_each_time_a_stock_falls():
    lamp = make_item(title="Brass lamp", inventory=6, low_stock_threshold=5)
    make_item(inventory=50)
    assert tell_of_low_stock(now=NOW) == 0
    put(lamp, 5)
    assert [tell_of_low_stock(now=NOW) for _ in range(2)] == [1, 0]
    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.kind, mail.subject) == (
        "owner@example.com",
        "staff_low_stock",
        "Running low: 1 products",
    )
    assert f"- Brass lamp ({lamp.sku}): 5 left" in mail.text
    put(lamp, 2)
    assert tell_of_low_stock(now=NOW) == 0
    put(lamp, 6)
    assert tell_of_low_stock(now=NOW) == 0
    put(lamp, 0)
    assert tell_of_low_stock(now=NOW.replace(microsecond=0)) == 1


def test_product_that_is_not_on_sale_is_not_named():
    Product.objects.filter(pk=make_item(inventory=1).pk).update(is_live=False)
    assert tell_of_low_stock(now=NOW) == 0


def test_long_list_is_cut():
    for _ in range(42):
        make_item(inventory=1)
    assert tell_of_low_stock(now=NOW) == 42
    assert "- and 2 more" in OutgoingEmail.objects.get().text
