"""The shop's look as custom properties of one stylesheet: pages carry no inline style."""

from dataclasses import dataclass

from pages.colours import EDGE_CONTRAST, TEXT_CONTRAST, WHITE, find_nearest, is_bright, measure_contrast, mix
from pages.fonts import FAMILIES, SCALES

# What says good, careful and wrong, on bright and on dark paper.
SIGNALS = {
    True: {"success": "#1c6b3c", "warning": "#8a4b00", "danger": "#b3261e"},
    False: {"success": "#7fd09b", "warning": "#f0b35f", "danger": "#ff9c93"},
}
# Those of tokens.css.
OWN_COLOURS = ("#fcfaf6", "#211c17")
MUTED_SHARES = [share / 100 for share in range(45, -1, -5)]


@dataclass(frozen=True)
class Theme:
    """`colours` are for visitors who like it bright; who likes it dark gets the stylesheet's own, with the accent."""

    accent: str
    radius: int
    text_font: str
    heading_font: str
    scale: str
    large_scale: str
    colours: dict[str, str]


def make_theme(shop) -> Theme:
    """Of the shop's settings, saved or only previewed."""
    scale, large_scale = SCALES[shop.type_scale]
    return Theme(
        accent=shop.accent,
        radius=shop.radius,
        text_font=FAMILIES[shop.text_font],
        heading_font=FAMILIES[shop.heading_font],
        scale=scale,
        large_scale=large_scale,
        colours=find_colours(background=shop.background, ink=shop.ink),
    )


def find_colours(*, background: str, ink: str) -> dict[str, str]:
    """None where the shop keeps the stylesheet's own paper and ink, whose shades were mixed by hand."""
    if (background, ink) == OWN_COLOURS:
        return {}
    return derive_colours(background=background, ink=ink)


def derive_colours(*, background: str, ink: str) -> dict[str, str]:
    """All shades of paper and ink from these two, each with the contrast that it needs."""
    bright = is_bright(background)
    tint = mix(background, ink, 0.05)
    signals = {name: find_nearest(colour, on=tint) for name, colour in SIGNALS[bright].items()}
    return {
        "paper": background,
        "surface": mix(background, WHITE, 0.8 if bright else 0.05),
        "tint": tint,
        "ink": ink,
        "muted": find_muted(ink, on=tint),
        "line": mix(background, ink, 0.12),
        "edge": find_nearest(mix(background, ink, 0.45), on=background, contrast=EDGE_CONTRAST),
        **signals,
        **({} if bright else {"accent-text": "var(--accent)"}),
    }


def find_muted(ink: str, *, on: str) -> str:
    """The palest ink that still reads."""
    mixed = (mix(ink, on, share) for share in MUTED_SHARES)
    return next((colour for colour in mixed if measure_contrast(colour, on) >= TEXT_CONTRAST), ink)
