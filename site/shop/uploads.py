"""Pictures that come from outside: known by their content, decoded within bounds, kept only re-encoded."""

import warnings
from dataclasses import dataclass
from hashlib import sha1
from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from shop.models import Picture

LARGEST_UPLOAD = 500 * 1024
# What a decoded picture may take in memory is four bytes for each: 64 MB.
MOST_PIXELS = 16_000_000
LONGEST_TITLE = 255
# How each accepted format is written again. No method of Pillow's chooses another decoder.
WRITE_OPTIONS = {
    "JPEG": {"quality": 88, "progressive": True},
    "PNG": {"compress_level": 4},
    "WEBP": {"quality": 88, "method": 2},
}
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
PLAIN_MODES = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L", "LA", "P"), "WEBP": ("RGB", "RGBA")}


class PictureRefused(ValueError):
    """The file is too large or no picture that the shop takes; the sentence says which."""


@dataclass(frozen=True)
class CleanPicture:
    """A picture as this shop has written it: only pixels, none of the bytes that came."""

    content: bytes
    extension: str
    width: int
    height: int


def clean_picture(file: BinaryIO, *, size: int) -> CleanPicture:
    """Decode a JPEG, PNG or WebP of `LARGEST_UPLOAD` bytes at most and encode it again.

    `size` in bytes, as the upload says. Metadata, further frames and whatever was hidden behind the picture
    are dropped; its orientation is applied. Raises `PictureRefused`.
    """
    if size > LARGEST_UPLOAD:
        raise PictureRefused(_("Files cannot be larger than 500 KB"))
    try:
        with warnings.catch_warnings():
            # Pillow's own bound on pixels is higher than ours, which comes next.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(file, formats=list(WRITE_OPTIONS))
        if image.width * image.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        return encode(image)
    except Image.DecompressionBombError as error:
        raise PictureRefused(_("Upload a valid image. It may have 16 megapixels at most.")) from error
    except Exception as error:  # whatever Pillow's decoders raise over somebody's bytes
        raise PictureRefused(
            _("Upload a valid image. The file you uploaded was either not an image or a corrupted image.")
        ) from error


def encode(image: Image.Image) -> CleanPicture:
    kind = image.format
    upright = ImageOps.exif_transpose(image)
    if upright.mode not in PLAIN_MODES[kind]:
        upright = upright.convert("RGBA" if kind != "JPEG" and upright.has_transparency_data else "RGB")
    written = BytesIO()
    upright.info = {name: upright.info[name] for name in ("transparency",) if name in upright.info}
    upright.save(written, kind, **WRITE_OPTIONS[kind])
    return CleanPicture(
        content=written.getvalue(), extension=EXTENSIONS[kind], width=upright.width, height=upright.height
    )


def store_picture(clean: CleanPicture, *, title: str, user=None) -> Picture:
    """A picture whose file is stored under a random name, and that is no row yet: files come before transactions."""
    name = Picture().get_upload_to(f"picture.{clean.extension}")
    return Picture(
        title=title[:LONGEST_TITLE],
        file=default_storage.save(name, ContentFile(clean.content)),
        width=clean.width,
        height=clean.height,
        file_size=len(clean.content),
        file_hash=sha1(clean.content, usedforsecurity=False).hexdigest(),
        uploaded_by_user=user,
    )
