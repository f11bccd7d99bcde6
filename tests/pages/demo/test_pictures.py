from collections import Counter
from io import BytesIO

import pytest
from PIL import Image

from pages.demo.catalogue import generate_products
from pages.demo.pictures import MOTIFS, SIZE, open_window, paint_demo_picture, paint_picture, turn_hues
from pages.demo.specimens import DemoPicture

CAP = DemoPicture(
    motif="apparel/cap", alt="Cap", tint="#e8efdf", hue_shift=155, hue_centre=200, hue_spread=35
)


def open_picture(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def count_hues(image: Image.Image) -> Counter:
    """How many strongly coloured pixels there are of each tenth of the circle."""
    pixels = image.convert("HSV").tobytes()
    coloured = zip(pixels[::3], pixels[1::3], strict=True)
    return Counter(hue * 10 // 256 for hue, saturation in coloured if saturation > 110)


def test_paint_demo_picture_is_a_square_webp():
    data = paint_demo_picture(CAP)
    image = Image.open(BytesIO(data))
    assert (image.format, image.size) == ("WEBP", (SIZE, SIZE))


def test_paint_demo_picture_twice_gives_the_same_bytes():
    assert paint_demo_picture(CAP) == paint_demo_picture(CAP)


def test_paint_demo_picture_of_another_size():
    assert open_picture(paint_demo_picture(CAP, size=320)).size == (320, 320)


def test_paint_demo_picture_weighs_little():
    weights = [len(paint_demo_picture(lead.pictures[0])) for lead in generate_products()[::20]]
    assert len(weights) == 50
    assert max(weights) < 60 * 1024


def test_paint_picture_turns_the_blue_cap_red():
    blue = open_picture(paint_picture(motif=MOTIFS / "apparel/cap.webp", hue_shift=0, tint="#e8efdf"))
    red = open_picture(paint_demo_picture(CAP))
    assert count_hues(blue).most_common(1)[0][0] == 5
    assert count_hues(red).most_common(1)[0][0] in (9, 0)


def test_paint_picture_leaves_hues_outside_the_window_alone():
    nails = {"motif": MOTIFS / "beauty/nail-polish.webp", "tint": "#e8efdf", "hue_centre": 275}
    plain = count_hues(open_picture(paint_picture(hue_shift=0, hue_spread=25, **nails)))
    green = count_hues(open_picture(paint_picture(hue_shift=205, hue_spread=25, **nails)))
    skin = 1
    assert green[skin] == pytest.approx(plain[skin], rel=0.05)


def test_paint_picture_corners_show_the_tint():
    image = open_picture(paint_demo_picture(CAP))
    corner = image.getpixel((4, SIZE - 4))
    assert all(abs(shown - wanted) <= 10 for shown, wanted in zip(corner, (0xE8, 0xEF, 0xDF), strict=True))


def test_open_window_is_full_at_its_centre_and_shut_opposite():
    window = open_window(0, 30)
    assert (window[0], window[21], window[128]) == (255, 255, 0)


def test_turn_hues_of_the_whole_circle_is_a_plain_turn():
    assert turn_hues(180, 0, 180)[:3] == [128, 129, 130]


def test_turn_hues_of_a_window_gathers_its_hues():
    hues = turn_hues(0, 90, 60)
    assert (hues[64], hues[74], hues[54]) == (64, 67, 61)
