"""Facts of a product, written beside its page's drafts."""

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from wagtail.models import PageLogEntry

from database.versions import read_version
from pages.services.facts import apply_facts
from shop.models import Product
from tests.factories.catalogue import make_product, make_tax_class, make_variant, page_of

pytestmark = pytest.mark.django_db(transaction=True)
FACTS = {"unit_price": Decimal("100.00"), "inventory": 10, "seen": 10}


def test_tax_class_makes_public_answers_new(client):
    product = make_product()
    address = f"/store/products/{product.pk}/"
    cache.clear()
    assert client.get(address).json()["price_with_tax"] == 110
    version = read_version()
    apply_facts(page_id=page_of(product).pk, **FACTS, tax_class=make_tax_class(rate="5.00"))
    assert read_version() != version
    assert client.get(address).json()["price_with_tax"] == 105


def test_variants_follow_the_tax_class_and_hsn_code_they_shared():
    product = make_product()
    books, toys = make_tax_class(), make_tax_class(name="Toys")
    sharing, other = make_variant(product), make_variant(product)
    Product.objects.filter(pk=other.pk).update(tax_class=toys, hsn_code="9503")
    apply_facts(page_id=page_of(product).pk, **FACTS, tax_class=books, hsn_code="4901", low_stock_threshold=2)
    rows = Product.objects.order_by("pk").values_list("pk", "tax_class", "hsn_code", "low_stock_threshold")
    assert list(rows) == [
        (product.pk, books.pk, "4901", 2),
        (sharing.pk, books.pk, "4901", 5),
        (other.pk, toys.pk, "9503", 5),
    ]


def test_facts_are_written_together_or_not_at_all():
    product = make_product()
    dearer = FACTS | {"unit_price": Decimal("700.00")}
    with pytest.raises(DatabaseError):
        apply_facts(page_id=page_of(product).pk, **dearer, low_stock_threshold=-1)
    assert Product.objects.get().unit_price == Decimal("100.00")
    assert not PageLogEntry.objects.filter(action="haat.change_facts").exists()
