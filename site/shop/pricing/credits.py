"""Giving back a part of what was sold: which part of each line, and how much tax is in it."""

from collections.abc import Sequence
from decimal import Decimal

from shop.pricing.amounts import PAISA, ZERO, round_to_paisa, share_out
from shop.pricing.taxes import TaxSplit


def share_credit(amount: Decimal, *, left: Sequence[Decimal], named: Sequence[Decimal]) -> list[Decimal]:
    """Divide what goes back: first the amounts named for lines, the rest in proportion to what is left of all.

    `left` is what each line is still worth; no share is larger. The amount is not larger than their sum.
    """
    shares = [min(wanted, most) for wanted, most in zip(named, left, strict=True)]
    over = sum(shares, ZERO) - amount
    if over > 0:
        shares = share_out(amount, shares)
    rest = amount - sum(shares, ZERO)
    free = [most - share for most, share in zip(left, shares, strict=True)]
    return [share + more for share, more in zip(shares, share_out(rest, free), strict=True)]


def split_credit(amount: Decimal, *, whole: TaxSplit, before: TaxSplit) -> TaxSplit:
    """What an amount that goes back of a line consists of, after what went back `before`.

    Taxes are rounded on the sum of all that went back so far, so parts that make up the whole contain
    exactly its taxes; CGST and SGST stay equal.
    """
    if before.total + amount == whole.total:
        return subtract(whole, before)
    ratio = (before.total + amount) / whole.total
    igst = take_share(whole.igst, ratio, before.igst, most=amount)
    half = take_share(
        whole.cgst, ratio, before.cgst, most=(amount / 2).quantize(PAISA, rounding="ROUND_DOWN")
    )
    return TaxSplit(taxable=amount - igst - 2 * half, cgst=half, sgst=half, igst=igst)


def take_share(tax: Decimal, ratio: Decimal, before: Decimal, *, most: Decimal) -> Decimal:
    """This much of a tax more, never less than none and never more than the amount holds."""
    return min(max(round_to_paisa(tax * ratio) - before, ZERO), most)


def subtract(whole: TaxSplit, part: TaxSplit) -> TaxSplit:
    return TaxSplit(
        taxable=whole.taxable - part.taxable,
        cgst=whole.cgst - part.cgst,
        sgst=whole.sgst - part.sgst,
        igst=whole.igst - part.igst,
    )
