"""Arithmetic of rupees: rounding to the paisa, and sharing an amount out without losing one."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

PAISA = Decimal("0.01")
ZERO = Decimal("0.00")


def round_to_paisa(amount: Decimal) -> Decimal:
    return amount.quantize(PAISA, rounding=ROUND_HALF_UP)


def take_percent(amount: Decimal, percent: Decimal) -> Decimal:
    """So many percent of an amount, rounded half-up to the paisa."""
    return round_to_paisa(amount * percent / 100)


def share_out(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Divide an amount in proportion to the weights: the shares add up to it, to the paisa.

    Each share is rounded down; the paise left go to the largest remainders, earlier ones first. No share is
    larger than its weight as long as the amount is not larger than their sum.
    """
    whole = sum(weights, ZERO)
    if not whole or not amount:
        return [ZERO for _ in weights]
    exact = [amount * weight / whole for weight in weights]
    shares = [share.quantize(PAISA, rounding="ROUND_DOWN") for share in exact]
    left = int((amount - sum(shares, ZERO)) / PAISA)
    by_remainder = sorted(range(len(shares)), key=lambda n: (shares[n] - exact[n], n))
    for position in by_remainder[:left]:
        shares[position] += PAISA
    return shares
