from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from shop.models import TaxClass, TaxSettings
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


@pytest.mark.parametrize("kind", ["zero_rated", "exempt"])
def test_untaxed_class_has_rate_zero(kind):
    assert make_tax_class(kind=kind, rate="0.00").rate == 0
    with pytest.raises(ValidationError, match="bear no tax: enter 0"):
        TaxClass(name="Grain", kind=kind, rate=Decimal(5)).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_tax_class(name="Grain", kind=kind, rate="5.00")


def test_kind_that_nobody_knows_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_tax_class(kind="free", rate="0.00")


@pytest.mark.parametrize("code", ["691", "69121", "691200001", "69AB", "６９１２"])
def test_code_that_is_no_hsn_code_is_refused(code):
    with pytest.raises(ValidationError) as refused:
        TaxClass(name="Pots", rate=Decimal(5), hsn_code=code).full_clean()
    assert list(refused.value.message_dict) == ["hsn_code"]
