"""GST contained in an amount: CGST and SGST within the seller's state, IGST beyond it."""

from dataclasses import dataclass
from decimal import Decimal

from shop.pricing.amounts import PAISA, ZERO, round_to_paisa


@dataclass(frozen=True)
class TaxSplit:
    """What an amount consists of: `taxable` + `cgst` + `sgst` + `igst`."""

    taxable: Decimal = ZERO
    cgst: Decimal = ZERO
    sgst: Decimal = ZERO
    igst: Decimal = ZERO

    @property
    def tax(self) -> Decimal:
        return self.cgst + self.sgst + self.igst

    @property
    def total(self) -> Decimal:
        return self.taxable + self.tax


NOTHING = TaxSplit()


def find_contained_tax(gross: Decimal, *, rate: Decimal) -> Decimal:
    """The tax in an amount that includes it."""
    return round_to_paisa(gross * rate / (100 + rate))


def split_tax(gross: Decimal, *, tax: Decimal, within_state: bool) -> TaxSplit:
    """Divide an amount with `tax` in it. CGST and SGST are equal: an odd paisa counts as taxable value."""
    if not within_state:
        return TaxSplit(taxable=gross - tax, igst=tax)
    half = (tax / 2).quantize(PAISA, rounding="ROUND_DOWN")
    return TaxSplit(taxable=gross - 2 * half, cgst=half, sgst=half)
