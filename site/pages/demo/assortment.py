"""Which products there are, and in which order the shop took them in."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from pages.demo.wordlists import CollectionWords, Finish, Make, Range


@dataclass(frozen=True, slots=True)
class Pick:
    """One lead product before it has a price or a text."""

    words: CollectionWords
    range: Range
    make: Make
    finish: Finish | None  # None: the shopper chooses the colour
    sku: str


def pick_assortment(collections: tuple[CollectionWords, ...]) -> list[Pick]:
    """All leads, the collections in turn, so that the newest arrivals come from the whole shop."""
    rounds = zip_longest(*(pick_collection(words) for words in collections))
    return [pick for row in rounds for pick in row if pick is not None]


def pick_collection(words: CollectionWords) -> list[Pick]:
    """As many leads as the collection wants, its ranges in turn, so that neighbours differ."""
    picks: list[Pick] = []
    rounds = zip_longest(*(pair_finishes(kind) for kind in words.ranges))
    for offered in rounds:
        for kind, pair in zip(words.ranges, offered, strict=True):
            if pair is not None and len(picks) < words.leads:
                make, finish = pair
                picks.append(Pick(words, kind, make, finish, number_sku(words, len(picks) + 1)))
    return picks


def number_sku(words: CollectionWords, number: int) -> str:
    return f"{words.slug[:3].upper()}-{number:04d}"


def pair_finishes(kind: Range) -> Iterator[tuple[Make, Finish | None]]:
    """Makes with finishes, without repeating either for as long as possible."""
    rounds = max(len(make.finishes) for make in kind.makes)
    for turn in range(rounds):
        for index, make in enumerate(kind.makes):
            if offers_colours(kind, make):
                if turn == 0:
                    yield make, None
            elif turn < len(make.finishes):
                yield make, make.finishes[(turn + index) % len(make.finishes)]


def offers_colours(kind: Range, make: Make) -> bool:
    """The first make of such a range comes in several colours on one page, the others on a page each."""
    return "Colour" in kind.choices and make is kind.makes[0]
