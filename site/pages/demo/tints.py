"""Soft backgrounds, dealt so that no two neighbours in a grid of two, three or four columns share one."""

from collections import defaultdict
from collections.abc import Iterable

TINTS = (
    "#f6e9dc",  # sand
    "#e3eef0",  # mist
    "#f7e3e0",  # rose
    "#e8efdf",  # sage
    "#f8efd3",  # butter
    "#e9e6f3",  # lilac
    "#e0efe8",  # mint
    "#f3e4ec",  # blossom
    "#efeae0",  # linen
    "#dfe9f4",  # sky
    "#f9e7d2",  # apricot
)

STRIDE = 3  # coprime with eleven, so that every tint has its turn
COLUMNS = 4  # the widest grid: whoever stands that near is a neighbour


def deal_tint(position: int) -> str:
    return TINTS[position * STRIDE % len(TINTS)]


def follow_tint(tint: str) -> str:
    """The one after it, for a second picture of the same thing."""
    return TINTS[(TINTS.index(tint) + 1) % len(TINTS)]


def deal_tints(shelves: Iterable[str]) -> list[str]:
    """A tint for each product in turn, given the shelf it stands on.

    It differs from the four before it, both in the whole shop and on its own shelf: eight at most of eleven.
    """
    dealt: list[str] = []
    by_shelf: dict[str, list[str]] = defaultdict(list)
    for position, shelf in enumerate(shelves):
        taken = {*dealt[-COLUMNS:], *by_shelf[shelf][-COLUMNS:]}
        # A row later the deal begins one further, or some motifs would meet the same tint for ever.
        first = position + position // len(TINTS)
        tint = next(tint for tint in map(deal_tint, range(first, first + len(TINTS))) if tint not in taken)
        dealt.append(tint)
        by_shelf[shelf].append(tint)
    return dealt
