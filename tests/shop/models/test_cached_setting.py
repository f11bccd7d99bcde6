import logging

import pytest
from django.core.cache import cache

from shop.models import TaxSettings
from tests.factories.catalogue import set_tax

pytestmark = pytest.mark.django_db


def test_setting_is_kept_under_its_name():
    assert TaxSettings.cache_key() == "setting:shop.taxsettings"
    saved = TaxSettings.load()
    assert cache.get("setting:shop.taxsettings") == saved


def test_forgotten_setting_is_read_again():
    TaxSettings.load()
    TaxSettings.objects.update(rate=28)
    assert TaxSettings.load().rate == 10
    TaxSettings.forget()
    assert TaxSettings.load().rate == 28


@pytest.mark.django_db(transaction=True)
def test_cache_that_is_down_harms_no_saved_setting(monkeypatch, caplog):
    def fail(key: str) -> None:
        raise ConnectionError("no cache")

    saved = TaxSettings.load()
    saved.rate = 5
    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(cache, "delete", fail)
        saved.save()
    assert TaxSettings.objects.get().rate == 5
    assert "no cache" in caplog.text


def test_set_tax_is_in_force_at_once():
    set_tax(rate="12.00")
    assert TaxSettings.load().rate == 12
