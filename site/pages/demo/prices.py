"""Prices that look as if a shopkeeper had set them."""

from decimal import Decimal
from random import Random

# (from, step, ending): from ₹1,000 on a price steps by 50 and ends in 9, and so on.
STEPS = ((10_000, 500, 10), (1_000, 50, 1), (200, 10, 1), (0, 5, 0))

HALF_RUPEES = Decimal("0.50")


def settle_price(rng: Random, *, low: int, high: int, factor: float) -> Decimal:
    """A price between `low` and `high` rupees times `factor`, brought to an ending shops use."""
    wanted = rng.uniform(low, high) * factor
    price = Decimal(round_price(wanted, floor=round(low * factor), ceiling=round(high * factor)))
    if price < 100 and rng.random() < 0.08:
        return min(price + HALF_RUPEES, Decimal(round(high * factor)))
    return price


def round_price(wanted: float, *, floor: int, ceiling: int) -> int:
    step, short = next((step, short) for start, step, short in STEPS if wanted >= start)
    price = max(1, round((wanted + short) / step)) * step - short
    return min(max(price, floor), ceiling)
