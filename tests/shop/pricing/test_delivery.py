from datetime import date
from decimal import Decimal

import pytest

from shop.pricing import ShippingRate
from shop.pricing.delivery import (
    CashTerms,
    DeliveryChoice,
    DeliveryMethod,
    DeliveryRules,
    Destination,
    Zone,
    ZoneRate,
)

CASH = CashTerms(fee=Decimal("30.00"), cap=Decimal("5000.00"))
INDIA = Zone(id=1, countries=frozenset({"IN"}), cash=CASH)
SOUTH = Zone(id=2, states=frozenset({"KA", "TN"}))
CITY = Zone(id=3, pin_ranges=((560001, 560110),))
STREET = Zone(id=4, pin_ranges=((560037, 560038), (600001, 600001)))
ISLANDS = Zone(id=5, pin_ranges=((744101, 744304),), delivers=False)
NEPAL = Zone(id=6, countries=frozenset({"NP"}))
ZONES = (INDIA, SOUTH, CITY, STREET, ISLANDS, NEPAL)


def rate(zone: Zone, slug: str = "standard", charge="49.00") -> ZoneRate:
    method = DeliveryMethod(slug=slug, name=slug.title(), days=(2, 4))
    choice = DeliveryChoice(method=method, rate=ShippingRate(name=method.name, charge=Decimal(charge)))
    return ZoneRate(zone_id=zone.id, choice=choice)


@pytest.mark.parametrize(
    ("destination", "zone"),
    [
        (Destination(state="KA", pin_code="560038"), STREET),
        (Destination(state="KA", pin_code="560037"), STREET),
        (Destination(state="KA", pin_code="560039"), CITY),
        (Destination(state="KA", pin_code="560110"), CITY),
        (Destination(state="KA", pin_code="560111"), SOUTH),
        (Destination(state="TN", pin_code="600001"), STREET),
        (Destination(state="MH", pin_code="560111"), INDIA),
        (Destination(state="AN", pin_code="744101"), ISLANDS),
        (Destination(state="AN", pin_code="744305"), INDIA),
        (Destination(pin_code="56003"), INDIA),
        (Destination(state="KA", pin_code="٥٦٠٠٣٨"), SOUTH),
        (Destination(state="KA", pin_code="560038", country="NP"), NEPAL),
        (Destination(state="KA", pin_code="560038", country="LK"), None),
    ],
)
def test_most_specific_zone_decides(destination, zone):
    assert DeliveryRules(zones=ZONES).find_zone(destination) == zone
    assert DeliveryRules(zones=ZONES[::-1]).find_zone(destination) == zone


def test_of_equally_specific_zones_the_older_decides():
    twins = (Zone(id=9, states=frozenset({"KA"})), Zone(id=8, states=frozenset({"KA"})))
    assert DeliveryRules(zones=twins).find_zone(Destination(state="KA")).id == 8
    ranges = (Zone(id=9, pin_ranges=((1, 560040),)), Zone(id=8, pin_ranges=((2, 560041),)))
    assert DeliveryRules(zones=ranges).find_zone(Destination(pin_code="560038")).id == 8


def test_shop_without_any_rule_delivers_free_everywhere():
    offer = DeliveryRules().find_offer(Destination(state="KA", pin_code="560038"))
    (choice,) = offer.choices
    assert (choice.method.name, choice.method.slug, choice.method.days) == (
        "Standard delivery",
        "standard-delivery",
        None,
    )
    assert choice.rate.find_charge(value=Decimal(1), grams=10_000) == 0
    assert offer.cash is None


def test_zones_without_a_single_rate_forbid_and_take_cash_but_charge_nothing():
    rules = DeliveryRules(zones=ZONES)
    assert rules.find_offer(Destination(state="AN", pin_code="744101")) is None
    offer = rules.find_offer(Destination(state="MH"))
    assert offer.cash == CASH
    assert offer.choices[0].rate.charge == 0


def test_offer_has_the_rates_of_its_zone_in_their_order():
    rules = DeliveryRules(
        zones=ZONES,
        rates=(rate(INDIA), rate(CITY, "express", "149.00"), rate(CITY, "standard", "29.00")),
        is_priced=True,
    )
    city = rules.find_offer(Destination(state="KA", pin_code="560039"))
    assert [(choice.method.slug, choice.rate.charge) for choice in city.choices] == [
        ("express", 149),
        ("standard", 29),
    ]
    assert city.cash is None
    assert city.find("").method.slug == "express"
    assert city.find("standard").rate.charge == 29
    assert city.find("drone") is None
    rest = rules.find_offer(Destination(state="MH"))
    assert ([choice.rate.charge for choice in rest.choices], rest.cash) == ([49], CASH)


@pytest.mark.parametrize(
    "destination",
    [
        Destination(state="KA", pin_code="560111"),  # its zone has no rate
        Destination(state="AN", pin_code="744101"),  # its zone forbids
        Destination(country="LK"),  # no zone
    ],
)
def test_nothing_is_offered_without_a_rate_once_there_are_rates(destination):
    rules = DeliveryRules(zones=ZONES, rates=(rate(INDIA),), is_priced=True)
    assert rules.find_offer(destination) is None


def test_rates_that_are_all_switched_off_do_not_make_delivery_free():
    assert DeliveryRules(zones=ZONES, is_priced=True).find_offer(Destination(state="MH")) is None


@pytest.mark.parametrize(
    ("cap", "total", "allowed"),
    [(None, "99999.00", True), ("5000.00", "5000.00", True), ("5000.00", "5000.01", False)],
)
def test_cash_is_taken_up_to_its_cap(cap, total, allowed):
    assert CashTerms(cap=cap and Decimal(cap)).allows(Decimal(total)) is allowed


def test_days_become_dates():
    method = DeliveryMethod(slug="express", name="Express", days=(1, 2))
    assert method.find_dates(date(2026, 12, 31)) == (date(2027, 1, 1), date(2027, 1, 2))
    assert DeliveryMethod(slug="any", name="Any").find_dates(date(2026, 12, 31)) is None
