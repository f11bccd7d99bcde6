"""How much of each thing lies on the shelf: mostly enough, sometimes nearly none, now and then nothing."""

from decimal import Decimal
from random import Random

SOLD_OUT = 0.06
RUNNING_LOW = 0.12  # cumulative: another six in a hundred

# (unit price from, low-stock threshold, fewest, most when well stocked)
SHELVES = ((10_000, 3, 5, 18), (2_000, 5, 8, 45), (300, 8, 15, 120), (0, 12, 30, 260))


def choose_threshold(price: Decimal) -> int:
    return find_shelf(price)[1]


def count_stock(rng: Random, price: Decimal) -> int:
    _, threshold, fewest, most = find_shelf(price)
    luck = rng.random()
    if luck < SOLD_OUT:
        return 0
    if luck < RUNNING_LOW:
        return rng.randint(1, threshold)
    return rng.randint(fewest, most)


def find_shelf(price: Decimal) -> tuple[int, int, int, int]:
    return next(shelf for shelf in SHELVES if price >= shelf[0])
