"""Which pictures a product gets: its motif in its own colour, and sometimes a second look."""

from random import Random

from pages.demo.assortment import Pick
from pages.demo.specimens import DemoPicture
from pages.demo.tints import follow_tint
from pages.demo.wordlists import Colour

SECOND_PICTURE = 0.3


def choose_pictures(rng: Random, pick: Pick, *, title: str, tint: str) -> tuple[DemoPicture, ...]:
    colour = first_colour(pick)
    nudge = 0 if colour else rng.randint(-5, 5)
    main = frame_motif(pick, colour, alt=title, tint=tint, nudge=nudge)
    if rng.random() >= SECOND_PICTURE:
        return (main,)
    turn = rng.choice((-14, -10, 10, 14))
    closer = frame_motif(
        pick, colour, alt=f"{title}, closer", tint=follow_tint(tint), nudge=nudge, zoom=122, turn=turn
    )
    return (main, closer)


def first_colour(pick: Pick) -> Colour | None:
    """The lead of a product with a choice of colours shows the first of them."""
    return (pick.finish or pick.make.finishes[0]).colour


def frame_motif(
    pick: Pick, colour: Colour | None, *, alt: str, tint: str, nudge: int = 0, zoom: int = 100, turn: int = 0
) -> DemoPicture:
    """Painted in `colour` where the motif can take one, else in its own colours with a small `nudge`."""
    centre, spread = pick.range.hue or (0, 180)
    takes = colour if pick.range.hue else None
    return DemoPicture(
        motif=f"{pick.words.folder}/{pick.range.motif}",
        alt=alt,
        tint=tint,
        hue_shift=(takes.hue - centre) % 360 if takes and takes.hue is not None else nudge % 360,
        hue_centre=centre,
        hue_spread=spread,
        saturation=takes.saturation if takes else 100,
        brightness=takes.brightness if takes else 100,
        zoom=zoom,
        turn=turn,
    )
