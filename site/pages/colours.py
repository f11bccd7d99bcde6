"""Colours that an editor chose, and what can be read on them."""

BLACK, WHITE = "#000000", "#ffffff"
# Above this luminance black has the better contrast (WCAG 2.2: (L + 0.05) / 0.05 > 1.05 / (L + 0.05)).
BRIGHT = 0.179


def choose_ink(colour: str) -> str:
    """Black or white, whichever reads better on `colour` (#rrggbb)."""
    return BLACK if measure_luminance(colour) > BRIGHT else WHITE


def measure_luminance(colour: str) -> float:
    """WCAG's relative luminance, from 0 (black) to 1 (white)."""
    red, green, blue = (linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
