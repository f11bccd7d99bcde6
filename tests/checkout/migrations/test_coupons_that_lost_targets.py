"""What orders tell of coupons that were emptied before it was noted what they were about."""

from importlib import import_module

import pytest
from django.apps import apps

from shop.models import Coupon
from shop.services.coupons import create_batch
from tests.factories.catalogue import make_item, make_shelf
from tests.factories.coupons import make_coupon
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db

migration = import_module("checkout.migrations.0012_coupons_that_lost_targets")


def lose_targets() -> None:
    """As it was: nothing said that they had been about something."""
    for coupon in Coupon.objects.all():
        coupon.products.clear()
        coupon.collections.clear()
    Coupon.objects.update(covers_everything=True)


def test_coupons_whose_orders_left_out_a_line_are_about_nothing():
    lamp, rug = make_item(), make_item()
    make_coupon("AIMED", products=[lamp])
    make_coupon("OPEN")
    make_coupon("UNUSED", products=[lamp])
    make_coupon("ALONE", collections=[make_shelf()])
    batch = create_batch(name="Mailing", count=2, rule={"value": 10}, products=[lamp])
    for code in ("AIMED", "OPEN", "ALONE", batch.coupons.first().code):
        make_order((lamp, 1), (rug, 1), coupon=code, email=f"{code}@example.com")
    lose_targets()
    migration.note_lost_targets(apps, None)
    about_nothing = Coupon.objects.filter(covers_everything=False)
    assert set(about_nothing) == {Coupon.objects.get(code="AIMED"), *batch.coupons.all()}


def test_share_below_a_paisa_proves_nothing():
    mite, chest = make_item(unit_price="1.00"), make_item(unit_price="9000.00")
    make_coupon("TINY", kind="amount", value="0.01")
    make_order((mite, 1), (chest, 1), coupon="TINY")
    migration.note_lost_targets(apps, None)
    assert Coupon.objects.get().covers_everything is True
