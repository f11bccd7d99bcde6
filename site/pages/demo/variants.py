"""Sizes and colours: products of their own that stand on the lead's page."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from random import Random

from pages.demo.assortment import Pick
from pages.demo.naming import capitalise, make_slug
from pages.demo.portraits import frame_motif
from pages.demo.specimens import DemoPicture, DemoVariant, Pairs
from pages.demo.stock import count_stock

MOST_COLOURS = 5
LARGE_SIZE_EXTRA = Decimal(50)


def list_choices(rng: Random, pick: Pick) -> list[Pairs]:
    """All combinations a shopper may choose, the lead's own first; none where there is nothing to choose."""
    sizes = choose_sizes(rng, pick)
    colours = choose_colours(rng, pick, with_sizes=bool(sizes))
    if sizes and colours:
        return [(("Size", size), ("Colour", colour)) for colour, size in product(colours, sizes)]
    return [(("Size", size),) for size in sizes] or [(("Colour", colour),) for colour in colours]


def choose_sizes(rng: Random, pick: Pick) -> list[str]:
    """A run of neighbouring sizes that begins with the lead's, which is one from the middle."""
    if "Size" not in pick.range.choices:
        return []
    available = pick.make.sizes
    count = 3 if pick.finish is None else rng.randint(3, min(5, len(available)))
    start = rng.randint(0, len(available) - count)
    run = list(available[start : start + count])
    lead = run.pop(count // 2)
    return [lead, *run]


def choose_colours(rng: Random, pick: Pick, *, with_sizes: bool) -> list[str]:
    if pick.finish is not None:
        return []
    labels = [capitalise(finish.label) for finish in pick.make.finishes]
    count = 2 if with_sizes else rng.randint(3, min(MOST_COLOURS, len(labels)))
    return labels[:count]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What a variant takes over from the product it stands beside."""

    pick: Pick
    title: str
    price: Decimal
    picture: DemoPicture


def make_variants(rng: Random, lead: Lead, choices: list[Pairs]) -> tuple[DemoVariant, ...]:
    """A variant for each choice but the first, which is the lead itself."""
    extra = LARGE_SIZE_EXTRA if rng.random() < 0.2 else Decimal(0)
    return tuple(make_variant(rng, lead, options, own=choices[0], extra=extra) for options in choices[1:])


def make_variant(rng: Random, lead: Lead, options: Pairs, *, own: Pairs, extra: Decimal) -> DemoVariant:
    values = [value for _, value in options]
    title = f"{lead.title} ({', '.join(values)})"
    price = lead.price + extra if is_largest(lead.pick, options) else lead.price
    recoloured = dict(options).get("Colour") != dict(own).get("Colour")
    return DemoVariant(
        sku="-".join([lead.pick.sku, *(shorten_value(value) for value in values)]),
        title=title,
        slug=make_slug(title),
        options=options,
        unit_price=price,
        inventory=count_stock(rng, price),
        # Another colour needs another picture; another size does not.
        pictures=(picture_colour(lead, options, alt=title),) if recoloured else (),
    )


def is_largest(pick: Pick, options: Pairs) -> bool:
    return ("Size", pick.make.sizes[-1]) in options if pick.make.sizes else False


def picture_colour(lead: Lead, options: Pairs, *, alt: str) -> DemoPicture:
    wanted = dict(options)["Colour"]
    finish = next(finish for finish in lead.pick.make.finishes if capitalise(finish.label) == wanted)
    return frame_motif(lead.pick, finish.colour, alt=alt, tint=lead.picture.tint)


def shorten_value(value: str) -> str:
    return make_slug(value).replace("-", "").upper()
