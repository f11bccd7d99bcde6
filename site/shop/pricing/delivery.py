"""Where the shop delivers, by which methods, and whether one may pay in cash there.

The most specific zone decides: a PIN range (the narrowest first), then the state, then the country; of equals
the older zone. A zone may say that nothing is delivered there.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from shop.pricing.amounts import ZERO
from shop.pricing.shipping import ShippingRate

INDIA = "IN"


@dataclass(frozen=True)
class Destination:
    """Where something goes: the code of a state, a PIN code, the code of a country."""

    state: str = ""
    pin_code: str = ""
    country: str = INDIA

    @property
    def pin(self) -> int | None:
        is_pin = self.country == INDIA and len(self.pin_code) == 6 and self.pin_code.isascii()
        return int(self.pin_code) if is_pin and self.pin_code.isdigit() else None


@dataclass(frozen=True)
class CashTerms:
    """Cash on delivery: its fee in rupees with tax, and the largest total it is offered for."""

    fee: Decimal = ZERO
    cap: Decimal | None = None

    def allows(self, total: Decimal) -> bool:
        return self.cap is None or total <= self.cap


@dataclass(frozen=True)
class Zone:
    """Some PIN codes, states or countries. PIN ranges are pairs of first and last; `cash` None: not there."""

    id: int
    pin_ranges: tuple[tuple[int, int], ...] = ()
    states: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    delivers: bool = True
    cash: CashTerms | None = None

    def match(self, destination: Destination) -> tuple[int, int] | None:
        """How closely the zone describes a destination, less is closer; None where it lies outside."""
        pin = destination.pin
        if pin is not None:
            widths = [last - first for first, last in self.pin_ranges if first <= pin <= last]
            if widths:
                return (0, min(widths))
        if destination.country == INDIA and destination.state in self.states:
            return (1, 0)
        return (2, 0) if destination.country in self.countries else None


@dataclass(frozen=True)
class DeliveryMethod:
    """A way of delivery. `days` are the fewest and the most from the order to the door; None: not promised."""

    slug: str
    name: str
    days: tuple[int, int] | None = None

    def find_dates(self, today: date) -> tuple[date, date] | None:
        """The days on which it arrives, the first and the last, where it is ordered today."""
        if self.days is None:
            return None
        return today + timedelta(days=self.days[0]), today + timedelta(days=self.days[1])


@dataclass(frozen=True)
class DeliveryChoice:
    """A method with its rate for one destination."""

    method: DeliveryMethod
    rate: ShippingRate


@dataclass(frozen=True)
class DeliveryOffer:
    """All that a destination is offered; the choices in the shop's order, at least one."""

    choices: tuple[DeliveryChoice, ...]
    cash: CashTerms | None = None

    def find(self, slug: str) -> DeliveryChoice | None:
        """The choice of this method; the first where none is named."""
        if not slug:
            return self.choices[0]
        return next((choice for choice in self.choices if choice.method.slug == slug), None)


@dataclass(frozen=True)
class ZoneRate:
    """What a method costs in one zone."""

    zone_id: int
    choice: DeliveryChoice


STANDARD = DeliveryMethod(slug="standard-delivery", name="Standard delivery")
FREE_EVERYWHERE = DeliveryChoice(method=STANDARD, rate=ShippingRate(name=STANDARD.name))


@dataclass(frozen=True)
class ChargeSpan:
    """The cheapest delivery of each zone: the least and the most of these, in rupees."""

    lowest: Decimal = ZERO
    highest: Decimal = ZERO

    @property
    def is_free(self) -> bool:
        return not self.highest


@dataclass(frozen=True)
class DeliveryRules:
    """All zones and rates. Where not a single rate is set up, delivery is free wherever no zone forbids it.

    `rates` are those of active methods, in the shop's order; `is_priced` says whether any method has one.
    """

    zones: tuple[Zone, ...] = ()
    rates: tuple[ZoneRate, ...] = ()
    is_priced: bool = False

    def find_zone(self, destination: Destination) -> Zone | None:
        matches = [
            (match, zone.id, zone) for zone in self.zones if (match := zone.match(destination)) is not None
        ]
        return min(matches, key=lambda found: found[:2])[2] if matches else None

    def find_span(self, *, value: Decimal, grams: int) -> ChargeSpan:
        """What can be said of the charge before the address is known."""
        cheapest: dict[int, Decimal] = {}
        for rate in self.rates:
            charge = rate.choice.rate.find_charge(value=value, grams=grams)
            cheapest[rate.zone_id] = min(charge, cheapest.get(rate.zone_id, charge))
        charges = cheapest.values()
        return ChargeSpan(lowest=min(charges, default=ZERO), highest=max(charges, default=ZERO))

    def find_offer(self, destination: Destination) -> DeliveryOffer | None:
        """What the destination is offered, or None where nothing is delivered there."""
        zone = self.find_zone(destination)
        if zone is not None and not zone.delivers:
            return None
        cash = zone.cash if zone else None
        if not self.is_priced:
            return DeliveryOffer(choices=(FREE_EVERYWHERE,), cash=cash)
        choices = tuple(rate.choice for rate in self.rates if zone and rate.zone_id == zone.id)
        return DeliveryOffer(choices=choices, cash=cash) if choices else None
