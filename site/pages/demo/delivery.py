"""How the demo shop delivers: what its shipping page promises, as zones, methods and charges."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from database.transactions import entry_service
from shop.models import PinRange, RateBand, ShippingMethod, ShippingRate, ShippingZone

if TYPE_CHECKING:
    from pages.demo.seeding import Plan

CITY, STANDARD, FAR, EXPRESS = (
    "City delivery",
    "Standard delivery",
    "Long-distance delivery",
    "Express delivery",
)
# name: (days at least, days at most), in the order in which they are offered
METHODS = {CITY: (2, 4), STANDARD: (3, 6), FAR: (5, 10), EXPRESS: (1, 2)}
CHARGE, FREE_FROM = Decimal(49), Decimal(999)
EXPRESS_BANDS = {0: 99, 1_000: 149, 5_000: 299, 20_000: 799}  # grams: rupees
CASH_FEE, CASH_CAP = Decimal(30), Decimal(5_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoZone:
    name: str
    methods: tuple[str, ...] = ()
    pins: tuple[tuple[int, int], ...] = ()
    states: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    takes_cash: bool = False


ZONES = (
    DemoZone(name="All of India", methods=(STANDARD,), countries=("IN",), takes_cash=True),
    DemoZone(
        name="Large cities",
        methods=(CITY, EXPRESS),
        pins=(
            (110001, 110096),
            (400001, 400104),
            (500001, 500104),
            (560001, 560110),
            (600001, 600119),
            (700001, 700163),
        ),
        takes_cash=True,
    ),
    DemoZone(
        name="North-east, Ladakh and the islands",
        methods=(FAR,),
        states=("AN", "AR", "AS", "LA", "LD", "ML", "MN", "MZ", "NL", "SK", "TR"),
    ),
    DemoZone(name="Where no courier goes", pins=((682551, 682559), (744301, 744304))),
)


@entry_service
def seed_delivery(plan: "Plan") -> None:
    """Zones that are there stay as they are: somebody may have changed them."""
    methods = {
        name: ShippingMethod.objects.get_or_create(
            name=name, defaults={"days_min": days[0], "days_max": days[1], "position": position}
        )[0]
        for position, (name, days) in enumerate(METHODS.items())
    }
    present = set(ShippingZone.objects.values_list("name", flat=True))
    for zone in ZONES:
        if zone.name not in present:
            add_zone(zone, methods=methods)


def add_zone(zone: DemoZone, *, methods: dict[str, ShippingMethod]) -> None:
    made = ShippingZone.objects.create(
        name=zone.name,
        delivers=bool(zone.methods),
        states=list(zone.states),
        countries=list(zone.countries),
        takes_cash=zone.takes_cash,
        cash_fee=CASH_FEE if zone.takes_cash else Decimal(0),
        cash_cap=CASH_CAP if zone.takes_cash else None,
    )
    PinRange.objects.bulk_create(PinRange(zone=made, first=first, last=last) for first, last in zone.pins)
    for name in zone.methods:
        add_rate(zone=made, method=methods[name])


def add_rate(*, zone: ShippingZone, method: ShippingMethod) -> None:
    if method.name != EXPRESS:
        ShippingRate.objects.create(zone=zone, method=method, charge=CHARGE, free_from=FREE_FROM)
        return
    rate = ShippingRate.objects.create(zone=zone, method=method, kind="by_weight")
    RateBand.objects.bulk_create(
        RateBand(rate=rate, starts_from=Decimal(grams), charge=Decimal(charge))
        for grams, charge in EXPRESS_BANDS.items()
    )
