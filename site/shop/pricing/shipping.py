"""What the delivery costs, by the value or the weight of what is sent."""

from dataclasses import dataclass
from decimal import Decimal

from shop.pricing.amounts import ZERO

FLAT, BY_VALUE, BY_WEIGHT = "flat", "by_value", "by_weight"


@dataclass(frozen=True)
class Band:
    """From so many rupees, or grams, on the delivery costs `charge`."""

    starts_from: Decimal
    charge: Decimal


@dataclass(frozen=True)
class ShippingRate:
    """The charge of one method in one zone, in rupees with tax. Bands rise; below the first it is free.

    `free_from`: the goods' value, with tax and after discounts, from which nothing is charged.
    """

    name: str
    kind: str = FLAT
    charge: Decimal = ZERO
    bands: tuple[Band, ...] = ()
    free_from: Decimal | None = None

    def find_charge(self, *, value: Decimal, grams: int) -> Decimal:
        if self.free_from is not None and value >= self.free_from:
            return ZERO
        if self.kind == FLAT:
            return self.charge
        measure = value if self.kind == BY_VALUE else Decimal(grams)
        return max(
            (band for band in self.bands if band.starts_from <= measure), key=start, default=FREE
        ).charge


FREE = Band(starts_from=ZERO, charge=ZERO)


def start(band: Band) -> Decimal:
    return band.starts_from
