"""Files as they are sent to the API: pictures, and what only looks like one."""

import struct
import zlib
from io import BytesIO

from PIL import Image

from tests.api.wire import BOUNDARY

KINDS = {"JPEG": "photo.jpg", "PNG": "drawing.png", "WEBP": "shot.webp"}


def draw(kind: str = "PNG", *, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options) -> bytes:
    """A picture of one colour."""
    written = BytesIO()
    Image.new(mode, size, 1 if mode in ("1", "P", "L", "I;16") else "#0f766e").save(written, kind, **options)
    return written.getvalue()


def claim_size(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims these dimensions: a pixel bomb."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def as_upload(content: bytes, *, name: str = "photo.png", field: str = "image") -> tuple[bytes, str]:
    """Body and content type of a multipart request with one file."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    head += "Content-Type: image/png\r\n\r\n"  # whatever a client claims
    return (
        head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode(),
        f"multipart/form-data; boundary={BOUNDARY}",
    )
