import pytest

from pages.demo.coupons import COUPONS, seed_coupons
from pages.demo.seeding import Plan
from shop.models import Coupon
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db
PLAN = Plan(products=(), progress=None)


def test_coupons_are_made_once_and_hold():
    seed_coupons(PLAN)
    seed_coupons(PLAN)
    assert set(Coupon.objects.values_list("code", flat=True)) == set(COUPONS)
    assert make_order(coupon="welcome10").coupon_code == "WELCOME10"
    assert make_order(coupon="freeship").coupon_code == "FREESHIP"
