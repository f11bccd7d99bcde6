from decimal import Decimal

import pytest
from django.db import IntegrityError

from shop.models import Coupon, CouponBatch
from shop.services import coupons
from shop.services.coupons import (
    LimitBelowUses,
    change_batch,
    create_batch,
    release_use,
    retake_use,
    switch_batch,
    take_use,
)
from tests.factories.catalogue import make_item, make_shelf
from tests.factories.coupons import make_coupon
from tests.factories.users import make_admin

pytestmark = pytest.mark.django_db


def count_of(coupon: Coupon) -> tuple[int, int]:
    return Coupon.objects.values_list("used", "overdrawn").get(pk=coupon.pk)


def test_use_is_taken_while_there_is_room():
    coupon = make_coupon(uses_limit=2)
    assert [take_use(coupon.pk) for _ in range(3)] == [True, True, False]
    assert count_of(coupon) == (2, 0)


def test_coupon_without_limit_only_counts():
    coupon = make_coupon()
    assert [take_use(coupon.pk) for _ in range(3)] == [True, True, True]
    assert count_of(coupon) == (3, 0)


def test_coupon_that_is_switched_off_is_not_taken():
    coupon = make_coupon(is_active=False)
    assert take_use(coupon.pk) is False
    assert count_of(coupon) == (0, 0)


def test_use_given_back_can_be_taken_by_another():
    coupon = make_coupon(uses_limit=1)
    take_use(coupon.pk)
    release_use(coupon.pk)
    assert take_use(coupon.pk) is True


def test_late_payment_counts_also_beyond_the_limit():
    coupon = make_coupon(uses_limit=1)
    retake_use(coupon.pk)
    assert count_of(coupon) == (1, 0)
    retake_use(coupon.pk)
    assert count_of(coupon) == (2, 1)
    assert take_use(coupon.pk) is False
    for _ in range(2):
        release_use(coupon.pk)
    assert [take_use(coupon.pk), take_use(coupon.pk)] == [True, False]


def test_batch_makes_codes_of_one_rule():
    lamp, shelf, admin = make_item(), make_shelf(), make_admin()
    batch = create_batch(
        name="Mailing",
        count=7,
        prefix="diwali",
        rule={"value": Decimal(15), "uses_limit": 1},
        products=[lamp],
        collections=[shelf],
        user=admin,
    )
    assert (batch.name, batch.created_by) == ("Mailing", admin)
    made = batch.coupons.all()
    assert len({coupon.code for coupon in made}) == 7
    assert {(c.code[:7], c.value, c.uses_limit, c.is_active) for c in made} == {
        ("DIWALI-", Decimal(15), 1, True)
    }
    assert [list(coupon.products.all()) for coupon in made] == [[lamp]] * 7
    assert [list(coupon.collections.all()) for coupon in made] == [[shelf]] * 7
    assert not made.filter(covers_everything=True).exists()


def test_batch_about_nothing_in_particular_covers_everything():
    batch = create_batch(name="Mailing", count=2, rule={})
    assert [coupon.covers_everything for coupon in batch.coupons.all()] == [True, True]


def test_batch_makes_another_code_in_place_of_one_it_has(monkeypatch):
    codes = iter(["A", "A", "B"])
    monkeypatch.setattr(coupons, "generate_code", lambda prefix: next(codes))
    create_batch(name="Two", count=2, rule={})
    assert sorted(Coupon.objects.values_list("code", flat=True)) == ["A", "B"]


@pytest.mark.django_db(transaction=True)
def test_batch_with_a_code_that_exists_is_not_made_at_all(monkeypatch):
    make_coupon("A")
    codes = iter(["A", "B"])
    monkeypatch.setattr(coupons, "generate_code", lambda prefix: next(codes))
    with pytest.raises(IntegrityError):
        create_batch(name="Two", count=2, rule={})
    assert (CouponBatch.objects.count(), Coupon.objects.count()) == (0, 1)


def test_changed_rule_holds_for_all_codes_of_the_batch():
    lamp, rug, shelf = make_item(), make_item(), make_shelf()
    batch = create_batch(
        name="Mailing", count=3, rule={"value": Decimal(10), "uses_limit": 1}, products=[lamp]
    )
    other = make_coupon(products=[lamp])
    take_use(batch.coupons.first().pk)
    rule = {"kind": "amount", "value": Decimal(50), "uses_limit": 2}
    assert change_batch(batch_id=batch.pk, rule=rule) == 3
    changed = batch.coupons.all()
    assert {(c.kind, c.value, c.uses_limit, c.covers_everything) for c in changed} == {
        ("amount", Decimal(50), 2, False)
    }
    assert [list(c.products.all()) for c in changed] == [[lamp]] * 3
    change_batch(batch_id=batch.pk, rule=rule, products=[rug], collections=[shelf])
    assert [(list(c.products.all()), list(c.collections.all())) for c in changed] == [([rug], [shelf])] * 3
    change_batch(batch_id=batch.pk, rule=rule, products=[], collections=[])
    assert {(c.covers_everything, c.products.count()) for c in batch.coupons.all()} == {(True, 0)}
    assert (Coupon.objects.get(pk=other.pk).kind, list(other.products.all())) == ("percent", [lamp])
    assert sorted(batch.coupons.values_list("used", flat=True)) == [0, 0, 1]


@pytest.mark.django_db(transaction=True)
def test_limit_below_what_a_code_was_used_changes_nothing():
    batch = create_batch(name="Mailing", count=2, rule={"value": Decimal(10), "uses_limit": 3})
    pk = batch.coupons.first().pk
    take_use(pk)
    take_use(pk)
    with pytest.raises(LimitBelowUses, match="used 2 times already"):
        change_batch(batch_id=batch.pk, rule={"value": Decimal(20), "uses_limit": 1})
    assert set(batch.coupons.values_list("value", "uses_limit")) == {(Decimal(10), 3)}
    assert change_batch(batch_id=batch.pk, rule={"uses_limit": 2}) == 2
    # One use beyond the limit, by a late payment, stays one.
    retake_use(pk)
    assert change_batch(batch_id=batch.pk, rule={"uses_limit": 2}) == 2


def test_batch_is_switched_off_and_on_again():
    batch, other = create_batch(name="Mailing", count=3, rule={}), make_coupon()
    assert switch_batch(batch_id=batch.pk, is_active=False) == 3
    assert switch_batch(batch_id=batch.pk, is_active=False) == 0
    assert list(Coupon.objects.filter(is_active=True)) == [other]
    assert switch_batch(batch_id=batch.pk, is_active=True) == 3
