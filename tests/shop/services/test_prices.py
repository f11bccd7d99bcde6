from decimal import Decimal

import pytest

from shop.models import PriceChange, Product
from shop.services.prices import PriceChanged, change_price
from tests.factories.catalogue import make_item
from tests.factories.users import make_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("price", "page_is_live", "on_sale"),
    [("2.00", True, True), ("1.00", True, True), ("0.00", True, False), ("2.00", False, False)],
)
def test_price_decides_with_the_page_whether_it_is_on_sale(price, page_is_live, on_sale):
    product = make_item(unit_price="0.00")
    change_price(product=product, unit_price=Decimal(price), page_is_live=page_is_live)
    saved = Product.objects.get(pk=product.pk)
    assert (saved.unit_price, saved.is_live) == (Decimal(price), on_sale)


def test_change_is_kept_with_who_and_why():
    product, user = make_item(unit_price="100.00"), make_staff()
    change_price(
        product=product, unit_price=Decimal("80.00"), page_is_live=True, user=user, note="New supplier"
    )
    kept = PriceChange.objects.values_list("product", "before", "after", "user", "note").get()
    assert kept == (product.pk, Decimal("100.00"), Decimal("80.00"), user.pk, "New supplier")


def test_same_price_is_no_change():
    product = make_item(unit_price="100.00")
    change_price(product=product, unit_price=Decimal("100.00"), page_is_live=True, seen=Decimal("100.00"))
    assert not PriceChange.objects.exists()


def test_price_that_is_no_longer_what_was_seen_stays():
    product = make_item(unit_price="90.00")
    with pytest.raises(PriceChanged) as refused:
        change_price(product=product, unit_price=Decimal("80.00"), page_is_live=True, seen=Decimal("100.00"))
    assert refused.value.current == Decimal("90.00")
    assert Product.objects.get().unit_price == Decimal("90.00")
    assert not PriceChange.objects.exists()


def test_archived_product_is_priced_and_stays_off_the_shop():
    product = make_item(unit_price="90.00", is_live=False)
    product.archived_at = product.created_at
    change_price(product=product, unit_price=Decimal("80.00"), page_is_live=True)
    assert Product.objects.values_list("unit_price", "is_live").get() == (Decimal("80.00"), False)
