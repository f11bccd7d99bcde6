"""Titles, slugs and the sentences that follow from a make and its finish."""

import re
import unicodedata
from random import Random

from pages.demo.assortment import Pick
from pages.demo.specimens import Pairs
from pages.demo.wordlists import Finish, read_crafts, read_materials

COLOUR_SENTENCES = ("In {}.", "This one comes in {}.", "Here in {}.", "The colour is {}.")
ORIGIN = ("Country of origin", "India")


def name_product(pick: Pick) -> str:
    if pick.finish is None or pick.finish.label == "natural":
        return pick.make.title
    return f"{pick.make.title}, {pick.finish.label}"


def make_slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title.replace("'", "")).encode("ascii", "ignore").decode()
    # A dash or a × between two numbers parts them; elsewhere ASCII folding would glue them together.
    parted = plain if plain == title else re.sub(r"[–×]", "-", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", parted.lower().replace("'", "")).strip("-")


def describe_product(rng: Random, pick: Pick) -> str:
    note = (
        describe_choice(pick) if pick.finish is None else describe_finish(rng, pick.range.finish, pick.finish)
    )
    return f"{pick.make.line} {note}"


def describe_finish(rng: Random, kind: str, finish: Finish) -> str:
    if finish.note:
        return finish.note
    phrase = finish.colour.phrase if finish.colour else finish.label
    if kind == "Colour":
        return rng.choice(COLOUR_SENTENCES).format(phrase)
    return f"The {kind.lower()} is {phrase}."


def describe_choice(pick: Pick) -> str:
    *names, last = (finish.label for finish in pick.make.finishes)
    return f"Choose from {', '.join(names)} and {last}."


def write_body(rng: Random, pick: Pick) -> tuple[str, ...]:
    """How it is used, where it comes from, how to keep it."""
    uses = " ".join(pick.range.uses) if rng.random() < 0.5 else rng.choice(pick.range.uses)
    return uses, read_crafts()[pick.make.craft].story, read_materials()[pick.make.material].care


def list_specifications(pick: Pick) -> Pairs:
    craft = read_crafts()[pick.make.craft]
    finish = ((pick.range.finish, capitalise(pick.finish.label)),) if pick.finish else ()
    material = read_materials()[pick.make.material]
    return (*material.facts, *finish, *pick.range.facts, (craft.label, craft.place), ORIGIN)


def capitalise(label: str) -> str:
    return label[:1].upper() + label[1:]
