from decimal import Decimal

import pytest
from django.db import IntegrityError, OperationalError, transaction

from shop.models import PinRange, RateBand, ShippingMethod, ShippingRate, ShippingZone
from shop.models.shipping import RULES_SECONDS, current_delivery_rules
from shop.pricing.delivery import CashTerms, Destination
from tests.factories.shipping import make_method, make_rate, make_zone

pytestmark = pytest.mark.django_db
REFUSED = (IntegrityError, OperationalError)


def test_rules_say_what_the_rows_say():
    standard, express = make_method(name="Standard", days=(3, 6), position=2), make_method(name="Express")
    zone = make_zone(pins=[(560001, 560110)], states=["KA"], cash=True, cash_fee="30.00", cash_cap="5000.00")
    make_rate(zone=zone, method=standard, charge="49.00", free_from="999.00")
    make_rate(zone=zone, method=express, kind="by_weight", bands=[("1000", "179.00"), ("0", "99.00")])
    offer = current_delivery_rules().find_offer(Destination(state="KA", pin_code="560038"))
    assert [choice.method.slug for choice in offer.choices] == ["express", "standard"]
    assert offer.cash == CashTerms(fee=Decimal("30.00"), cap=Decimal("5000.00"))
    by_weight, flat = (choice.rate for choice in offer.choices)
    assert (flat.name, flat.charge, flat.free_from) == ("Standard", 49, 999)
    assert [by_weight.find_charge(value=Decimal(1), grams=grams) for grams in (0, 999, 1000)] == [99, 99, 179]
    assert offer.choices[1].method.days == (3, 6)


def test_zone_that_takes_no_cash_offers_none():
    make_rate(zone=make_zone(cash=False, cash_fee="30.00"))
    assert current_delivery_rules().find_offer(Destination(state="KA")).cash is None


def test_method_that_is_not_offered_stays_out():
    make_rate(method=make_method(is_active=False))
    rules = current_delivery_rules()
    assert (rules.rates, rules.is_priced) == ((), True)


def test_rules_are_read_once_while_they_are_warm(count_queries):
    make_rate(bands=[("0", "49.00")])
    with count_queries(4) as cold:
        current_delivery_rules()
    assert len(cold) == 4
    with count_queries(0):
        current_delivery_rules()


def test_rules_lag_behind_five_seconds_at_most():
    assert RULES_SECONDS == 5


@pytest.mark.parametrize("change", ["save", "delete"])
@pytest.mark.parametrize("model", [ShippingZone, ShippingMethod, ShippingRate])
def test_change_of_a_row_is_in_force_at_once(model, change, django_capture_on_commit_callbacks):
    make_rate()
    before = current_delivery_rules()
    row = model.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        if model is ShippingRate:
            row.charge = Decimal("59.00")
        elif model is ShippingMethod:
            row.days_max = 9
        else:
            row.states = ["KA"]
        getattr(row, change)()
    assert current_delivery_rules() != before


def test_method_names_itself_for_the_api():
    assert ShippingMethod.objects.create(name="Next day, by air").slug == "next-day-by-air"
    assert ShippingMethod.objects.create(name="Other", slug="chosen").slug == "chosen"


@pytest.mark.parametrize(("first", "last"), [(99_999, 560001), (560001, 1_000_000), (560002, 560001)])
def test_range_that_is_none_is_refused(first, last):
    zone = make_zone()
    with pytest.raises(REFUSED), transaction.atomic():
        PinRange.objects.create(zone=zone, first=first, last=last)


def test_range_may_be_one_code():
    zone = make_zone(pins=[(560001, 560001), (600001, 600118)])
    assert [str(row) for row in zone.pin_ranges.all()] == ["560001", "600001–600118"]


@pytest.mark.parametrize(
    ("model", "columns"),
    [
        (ShippingRate, {"charge": -1}),
        (ShippingRate, {"kind": "by_moon"}),
        (ShippingZone, {"cash_fee": -1}),
        (ShippingZone, {"cash_cap": -1}),
        (ShippingMethod, {"days_min": 8}),
        (RateBand, {"charge": -1}),
        (RateBand, {"starts_from": -1}),
    ],
)
def test_row_refuses(model, columns):
    make_rate(bands=[("0", "49.00")])
    with pytest.raises(REFUSED), transaction.atomic():
        model.objects.update(**columns)


def test_method_has_one_rate_in_a_zone():
    rate = make_rate()
    with pytest.raises(REFUSED), transaction.atomic():
        ShippingRate.objects.create(method=rate.method, zone=rate.zone)
