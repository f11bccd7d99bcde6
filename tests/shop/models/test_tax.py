from decimal import Decimal

import pytest
from django.core.cache import cache

from shop.models import TaxSettings
from shop.pricing import TaxTerms
from tests.factories.catalogue import make_tax_class, set_tax

pytestmark = pytest.mark.django_db


def test_terms_are_ten_percent_on_top_unless_set():
    assert TaxSettings.current_terms() == TaxTerms(rate=Decimal(10), prices_include_tax=False)


def test_terms_are_what_staff_saved():
    set_tax(rate="18.00", prices_include_tax=True)
    assert TaxSettings.current_terms() == TaxTerms(rate=Decimal(18), prices_include_tax=True)


def test_terms_are_read_from_the_cache(count_queries):
    TaxSettings.current_terms()
    with count_queries(0):
        TaxSettings.current_terms()


def test_saved_terms_reach_readers_at_the_commit(django_capture_on_commit_callbacks):
    saved = TaxSettings.load()
    with django_capture_on_commit_callbacks(execute=True):
        saved.rate = Decimal(5)
        saved.save()
        assert cache.get(TaxSettings.cache_key()).rate == Decimal(10)
    assert TaxSettings.current_terms().rate == Decimal(5)


def test_tax_class_says_its_rate():
    assert str(make_tax_class(name="Books", rate="5.00")) == "Books (5.00 %)"
