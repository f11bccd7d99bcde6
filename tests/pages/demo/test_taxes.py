from decimal import Decimal

import pytest
from django.core.cache import cache

from pages.demo.taxes import TAX_CLASSES, seed_taxes
from shop.models import SellerSettings, TaxClass, TaxSettings

pytestmark = pytest.mark.django_db


def test_demo_shop_is_registered_and_keeps_the_default_rate():
    for _ in range(2):
        seed_taxes(None)
    cache.clear()
    seller = SellerSettings.load()
    assert (seller.gstin[:2], seller.state, seller.pan) == ("29", "KA", "AAACH7409R")
    assert TaxClass.objects.count() == len(TAX_CLASSES)
    terms = TaxSettings.current_terms()
    assert (terms.rate, terms.prices_include_tax, terms.seller_state) == (Decimal(10), False, "KA")
