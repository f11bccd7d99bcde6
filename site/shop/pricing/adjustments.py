"""What a bulk change makes of a typed price: pure arithmetic, in rupees."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

PAISA = Decimal("0.01")
WHOLE = Decimal(1)
NINETY_NINE = Decimal("0.99")


class AdjustmentKind(StrEnum):
    """`KEEP` only rounds."""

    PERCENT = "percent"
    AMOUNT = "amount"
    SET = "set"
    KEEP = "keep"


class Rounding(StrEnum):
    """To which prices it rounds, half-up: to paise, to whole rupees, or to the nearest that ends in ,99."""

    PAISA = "paisa"
    WHOLE = "whole"
    NINETY_NINE = "ninety_nine"


@dataclass(frozen=True)
class PriceAdjustment:
    """So many percent or rupees more (negative: less), or one price for all; then rounded."""

    kind: AdjustmentKind
    value: Decimal = Decimal(0)
    rounding: Rounding = Rounding.PAISA

    def apply(self, price: Decimal) -> Decimal:
        """The new typed price; may be below what a product may cost."""
        return round_price(self.adjust(price), self.rounding)

    def adjust(self, price: Decimal) -> Decimal:
        if self.kind == AdjustmentKind.PERCENT:
            return price * (100 + self.value) / 100
        if self.kind == AdjustmentKind.AMOUNT:
            return price + self.value
        return self.value if self.kind == AdjustmentKind.SET else price


def round_price(price: Decimal, rounding: Rounding) -> Decimal:
    if rounding == Rounding.WHOLE:
        return price.quantize(WHOLE, ROUND_HALF_UP).quantize(PAISA)
    if rounding == Rounding.NINETY_NINE:
        # ₹1.99 is the lowest: what ends in ,99 below is less than a product may cost.
        return max((price - NINETY_NINE).quantize(WHOLE, ROUND_HALF_UP), WHOLE) + NINETY_NINE
    return price.quantize(PAISA, ROUND_HALF_UP)
