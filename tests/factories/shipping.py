"""Where the shop delivers; the rules are in force at once although a test's transaction never commits."""

from decimal import Decimal
from itertools import count

from shop.models import PinRange, RateBand, ShippingMethod, ShippingRate, ShippingZone
from shop.models.shipping import forget_delivery_rules

numbers = count(1)


def make_zone(
    *,
    name: str = "",
    pins=(),
    states=(),
    countries=(),
    delivers: bool = True,
    cash: bool = False,
    cash_fee="0.00",
    cash_cap=None,
) -> ShippingZone:
    """A zone; `pins` are pairs of first and last. Without pins, states or countries it is all of India."""
    zone = ShippingZone.objects.create(
        name=name or f"Zone {next(numbers)}",
        states=list(states),
        countries=list(countries) or ([] if pins or states else ["IN"]),
        delivers=delivers,
        takes_cash=cash,
        cash_fee=Decimal(cash_fee),
        cash_cap=cash_cap and Decimal(cash_cap),
    )
    PinRange.objects.bulk_create(PinRange(zone=zone, first=first, last=last) for first, last in pins)
    forget_delivery_rules()
    return zone


def make_method(*, name: str = "", days=(2, 7), position: int = 0, is_active: bool = True) -> ShippingMethod:
    return ShippingMethod.objects.create(
        name=name or f"Method {next(numbers)}",
        days_min=days[0],
        days_max=days[1],
        position=position,
        is_active=is_active,
    )


def make_rate(
    *,
    zone: ShippingZone | None = None,
    method: ShippingMethod | None = None,
    charge="49.00",
    free_from=None,
    kind: str = "flat",
    bands=(),
) -> ShippingRate:
    """What a method costs in a zone, ₹49 everywhere unless told otherwise; `bands` are pairs of start and charge."""
    rate = ShippingRate.objects.create(
        zone=zone or make_zone(),
        method=method or make_method(name="Standard"),
        kind=kind,
        charge=Decimal(charge),
        free_from=free_from and Decimal(free_from),
    )
    RateBand.objects.bulk_create(
        RateBand(rate=rate, starts_from=Decimal(start), charge=Decimal(price)) for start, price in bands
    )
    forget_delivery_rules()
    return rate
