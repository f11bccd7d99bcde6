"""Reads the word lists in `words/` into frozen values, once per process."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pages.demo.specimens import Pairs

WORDS = Path(__file__).parent / "words"

# The order in which collections appear in the shop.
FOLDERS = (
    "kitchen",
    "apparel",
    "home-and-garden",
    "pantry",
    "play",
    "footwear",
    "stationery",
    "beauty",
    "accessories",
    "electronics",
)


@dataclass(frozen=True, slots=True)
class Colour:
    name: str
    phrase: str
    hue: int | None = None
    saturation: int = 100
    brightness: int = 100


@dataclass(frozen=True, slots=True)
class Finish:
    """What tells two products of one make apart: a colour, a scent, a size of pack."""

    label: str
    factor: float = 1.0  # on the make's price
    note: str = ""
    colour: Colour | None = None


@dataclass(frozen=True, slots=True)
class Make:
    title: str
    low: int  # rupees
    high: int
    material: str
    craft: str
    tags: tuple[str, ...]
    line: str
    hsn: str
    finishes: tuple[Finish, ...]
    sizes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """All makes that share one motif."""

    motif: str
    hue: tuple[int, int] | None  # centre and spread of what may be recoloured
    finish: str  # what the finishes are called: Colour, Scent, Weight
    choices: tuple[str, ...]
    uses: tuple[str, ...]
    facts: Pairs
    praise: tuple[str, ...]
    makes: tuple[Make, ...]


@dataclass(frozen=True, slots=True)
class Material:
    facts: Pairs
    care: str


@dataclass(frozen=True, slots=True)
class Craft:
    place: str
    story: str
    label: str = "Made in"


@dataclass(frozen=True, slots=True)
class CollectionWords:
    folder: str
    title: str
    slug: str
    motif: str
    introduction: str
    leads: int
    praise: tuple[str, ...]
    grumble: tuple[str, ...]
    ranges: tuple[Range, ...]


def read_words(name: str) -> dict:
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache
def read_colours() -> dict[str, Colour]:
    return {name: Colour(name, **row) for name, row in read_words("colours").items()}


@lru_cache
def read_materials() -> dict[str, Material]:
    return {key: Material(pair_up(row["facts"]), row["care"]) for key, row in read_words("materials").items()}


@lru_cache
def read_crafts() -> dict[str, Craft]:
    return {key: Craft(**row) for key, row in read_words("crafts").items()}


@lru_cache
def read_collections() -> tuple[CollectionWords, ...]:
    return tuple(read_collection(folder) for folder in FOLDERS)


def read_collection(folder: str) -> CollectionWords:
    words = read_words(folder)
    return CollectionWords(
        folder=folder,
        title=words["title"],
        slug=words["slug"],
        motif=words["motif"],
        introduction=words["introduction"],
        leads=words["leads"],
        praise=tuple(words["praise"]),
        grumble=tuple(words["grumble"]),
        ranges=tuple(read_range(row) for row in words["range"]),
    )


def read_range(row: dict) -> Range:
    return Range(
        motif=row["motif"],
        hue=tuple(row["hue"]) if "hue" in row else None,
        finish=row["finish"],
        choices=tuple(row.get("choices", ())),
        uses=tuple(row["uses"]),
        facts=pair_up(row.get("facts", ())),
        praise=tuple(row["praise"]),
        makes=tuple(read_make(make, row) for make in row["makes"]),
    )


def read_make(row: list, shared: dict) -> Make:
    """A make is a row of seven; an eighth column overrides what its range says."""
    title, low, high, material, craft, tags, line, *rest = row
    own = shared | (rest[0] if rest else {})
    return Make(
        title=title,
        low=low,
        high=high,
        material=material,
        craft=craft,
        tags=tuple(tags.split()),
        line=line,
        hsn=own["hsn"],
        finishes=tuple(read_finish(finish) for finish in own["finishes"]),
        sizes=tuple(own.get("sizes", ())),
    )


def read_finish(row: str | list) -> Finish:
    """A finish is the name of a colour, or a row of label, price factor, note and perhaps a colour."""
    if isinstance(row, str):
        return Finish(row, colour=read_colours()[row])
    label, factor, note, *colour = row
    return Finish(label, factor, note, read_colours()[colour[0]] if colour else None)


def pair_up(rows: list[list[str]]) -> Pairs:
    return tuple((name, value) for name, value in rows)
