"""Pictures from outside, decoded within bounds."""

import random
from io import BytesIO

import pytest
from PIL import Image

from shop.uploads import LARGEST_UPLOAD, PictureRefused, clean_picture
from tests.factories.uploads import claim_size, draw

CHANCE = random.Random(8)


def clean(content: bytes):
    return clean_picture(BytesIO(content), size=len(content))


@pytest.mark.parametrize(("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_clean_picture_keeps_its_kind(kind, extension):
    cleaned = clean(draw(kind))
    assert (cleaned.extension, cleaned.width, cleaned.height) == (extension, 40, 30)


def test_clean_picture_keeps_transparency():
    cleaned = Image.open(BytesIO(clean(draw("PNG", mode="LA")).content))
    assert cleaned.mode == "LA"


def test_clean_picture_keeps_one_frame():
    written = BytesIO()
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:])
    assert getattr(Image.open(BytesIO(clean(written.getvalue()).content)), "n_frames", 1) == 1


def test_clean_picture_that_is_too_large_is_not_even_read():
    with pytest.raises(PictureRefused, match="500 KB"):
        clean_picture(None, size=LARGEST_UPLOAD + 1)


@pytest.mark.parametrize("size", [(4000, 4001), (60_000, 60_000), (2**31 - 1, 1)])
def test_clean_picture_with_too_many_pixels(size):
    with pytest.raises(PictureRefused, match="megapixels"):
        clean(claim_size(*size))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_clean_picture_of_damaged_bytes_is_clean_or_refused(kind):
    content = draw(kind)
    for _ in range(200):
        damaged = bytearray(content)
        for _ in range(CHANCE.randint(1, 8)):
            damaged[CHANCE.randrange(len(damaged))] = CHANCE.randrange(256)
        try:
            clean(bytes(damaged[: CHANCE.randint(1, len(damaged))]))
        except PictureRefused:
            continue
