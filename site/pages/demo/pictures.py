"""Paints product pictures: a motif in its colour on a soft background, with a gentle shadow.

A seed paints more than a thousand of them, so what repeats (the background, the shadow, the upscaled
outline) is kept, and only the recoloured motif is new each time.
"""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageOps

from pages.demo.specimens import DemoPicture

MOTIFS = Path(__file__).parent / "motifs"
SIZE = 640  # pixels: two and a half times a motif, enough for a product page
MARGIN = 0.12  # of the picture's side
GATHERED = 0.3  # of their distance is what hues within a window keep when they are turned
EDGE = 14  # degrees over which recolouring fades out
SHADOW = "#6b5a4b"

# By saturation: grey below 12, coloured from 44 on.
COLOURED = [round(255 * min(1, max(0, (level - 12) / 32))) for level in range(256)]


def paint_demo_picture(picture: DemoPicture, *, size: int = SIZE) -> bytes:
    return paint_picture(
        motif=MOTIFS / f"{picture.motif}.webp",
        hue_shift=picture.hue_shift,
        tint=picture.tint,
        size=size,
        hue_centre=picture.hue_centre,
        hue_spread=picture.hue_spread,
        saturation=picture.saturation,
        brightness=picture.brightness,
        zoom=picture.zoom,
        turn=picture.turn,
    )


def paint_picture(
    *,
    motif: Path,
    hue_shift: int,
    tint: str,
    size: int = SIZE,
    hue_centre: int = 0,
    hue_spread: int = 180,
    saturation: int = 100,
    brightness: int = 100,
    zoom: int = 100,
    turn: int = 0,
) -> bytes:
    """A square WebP of `size` pixels. Hue and turn are degrees, the rest percentages; see `DemoPicture`."""
    side = round(size * (1 - 2 * MARGIN) * zoom / 100)
    canvas = paint_background(tint, size).copy()
    cast_shadow(canvas, motif, side, turn)
    figure = recolour_motif(
        motif, hue_shift=hue_shift, window=(hue_centre, hue_spread), strength=(saturation, brightness)
    )
    corner = (size - side) // 2
    canvas.paste(resize_figure(figure, side, turn), (corner, corner), outline_motif(motif, side, turn))
    return encode_picture(canvas)


def encode_picture(canvas: Image.Image) -> bytes:
    buffer = BytesIO()
    canvas.save(buffer, "WEBP", quality=84, method=1)
    return buffer.getvalue()


@lru_cache(maxsize=160)
def open_motif(motif: Path) -> Image.Image:
    with Image.open(motif) as file:
        return file.convert("RGBA")


@lru_cache(maxsize=32)
def paint_background(tint: str, size: int) -> Image.Image:
    """The tint, a little lighter above and a little deeper below, so that the motif stands in a room."""
    gradient = Image.linear_gradient("L").resize((size, size))
    light = Image.blend(Image.new("RGB", (1, 1), tint), Image.new("RGB", (1, 1), "white"), 0.35)
    deep = Image.blend(Image.new("RGB", (1, 1), tint), Image.new("RGB", (1, 1), SHADOW), 0.05)
    return Image.composite(deep.resize((size, size)), light.resize((size, size)), gradient)


def cast_shadow(canvas: Image.Image, motif: Path, side: int, turn: int) -> None:
    shade = soften_outline(motif, side, turn)
    corner = (canvas.width - shade.width) // 2
    canvas.paste(Image.new("RGB", shade.size, SHADOW), (corner, corner + round(side * 0.035)), shade)


@lru_cache(maxsize=320)
def soften_outline(motif: Path, side: int, turn: int) -> Image.Image:
    """The motif's shadow, blurred while small: nobody can tell, and it costs a tenth."""
    small = ImageOps.expand(turn_image(open_motif(motif).getchannel("A"), turn).resize((96, 96)), 16)
    blurred = small.filter(ImageFilter.GaussianBlur(5)).point([round(value * 0.3) for value in range(256)])
    return blurred.resize((round(side * 128 / 96),) * 2, Image.Resampling.BICUBIC)


@lru_cache(maxsize=320)
def outline_motif(motif: Path, side: int, turn: int) -> Image.Image:
    return resize_figure(open_motif(motif).getchannel("A"), side, turn)


def resize_figure(figure: Image.Image, side: int, turn: int) -> Image.Image:
    return turn_image(figure, turn).resize((side, side), Image.Resampling.BICUBIC)


def turn_image(image: Image.Image, turn: int) -> Image.Image:
    return image.rotate(turn, Image.Resampling.BICUBIC) if turn else image


def recolour_motif(
    motif: Path, *, hue_shift: int, window: tuple[int, int], strength: tuple[int, int]
) -> Image.Image:
    """The motif's colours, those within the window turned and strengthened or weakened."""
    colours = open_motif(motif).convert("RGB")
    if hue_shift % 360 == 0 and strength == (100, 100):
        return colours
    hue, saturation, value = colours.convert("HSV").split()
    turned = Image.merge(
        "HSV",
        (
            hue.point(turn_hues(hue_shift, *window)),
            saturation.point(scale_levels(strength[0])),
            value.point(scale_levels(strength[1])),
        ),
    ).convert("RGB")
    return Image.composite(turned, colours, mask_window(hue, saturation, *window))


def mask_window(hue: Image.Image, saturation: Image.Image, centre: int, spread: int) -> Image.Image:
    """What is recoloured. Where there is hardly any colour its hue is noise, and a window leaves it alone."""
    inside = hue.point(open_window(centre, spread))
    return inside if spread >= 180 else ImageChops.multiply(inside, saturation.point(COLOURED))


@lru_cache(maxsize=640)
def turn_hues(shift: int, centre: int, spread: int) -> list[int]:
    """For each of Pillow's 256 hues the one it becomes.

    Within a window hues also move together, because a shirt that runs from lime to green would
    otherwise run from sand to pink.
    """
    keep = 1 if spread >= 180 else GATHERED
    return [
        round((centre + shift + measure_turn(level, centre) * keep) * 256 / 360) % 256 for level in range(256)
    ]


def measure_turn(level: int, centre: int) -> float:
    """How far, from -180 to 180 degrees, one of Pillow's 256 hues lies from the centre."""
    return (level * 360 / 256 - centre + 180) % 360 - 180


def scale_levels(percent: int) -> list[int]:
    return [min(255, level * percent // 100) for level in range(256)]


@lru_cache(maxsize=160)
def open_window(centre: int, spread: int) -> list[int]:
    """For each of Pillow's 256 hues how far it is recoloured: fully inside, fading over the edge."""
    distances = [abs(measure_turn(level, centre)) for level in range(256)]
    return [round(255 * min(1, max(0, (spread + EDGE - distance) / EDGE))) for distance in distances]
