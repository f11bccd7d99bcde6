"""Colours that an editor chose, and what can be read on them. A colour is # and six hexadecimal digits."""

BLACK, WHITE = "#000000", "#ffffff"
# Above this luminance black has the better contrast (WCAG 2.2: (L + 0.05) / 0.05 > 1.05 / (L + 0.05)).
BRIGHT = 0.179
# WCAG 2.2 AA: for text (1.4.3), and for the edges of controls (1.4.11).
TEXT_CONTRAST, EDGE_CONTRAST = 4.5, 3.0
STEPS = 256


def choose_ink(colour: str) -> str:
    """Black or white, whichever reads better on `colour` (#rrggbb)."""
    return BLACK if is_bright(colour) else WHITE


def is_bright(colour: str) -> bool:
    return measure_luminance(colour) > BRIGHT


def measure_luminance(colour: str) -> float:
    """WCAG's relative luminance, from 0 (black) to 1 (white)."""
    red, green, blue = (linear(channel / 255) for channel in read_channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def measure_contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((measure_luminance(one), measure_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def read_channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with a `share` of the other, from 0 to 1."""
    pairs = zip(read_channels(colour), read_channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def find_nearest(colour: str, *, on: str, contrast: float = TEXT_CONTRAST) -> str:
    """The shade or tint of `colour` nearest to it that has the contrast on `on`; itself where it has it."""
    for step in range(STEPS + 1):
        for end in (BLACK, WHITE):
            candidate = mix(colour, end, step / STEPS)
            if measure_contrast(candidate, on) >= contrast:
                return candidate
    # No colour has it on a middle grey; black or white has the most there is.
    return choose_ink(on)
