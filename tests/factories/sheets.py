"""Files of products as somebody brings them."""

import csv
import io
import zipfile
from collections.abc import Iterable

from openpyxl import Workbook
from PIL import Image


def write_sheet(header: Iterable, *rows: Iterable) -> io.BytesIO:
    """A CSV file as spreadsheets save it."""
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return io.BytesIO(out.getvalue().encode("utf-8-sig"))


def write_workbook(header: Iterable, *rows: Iterable) -> io.BytesIO:
    book = Workbook()
    for row in (header, *rows):
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def write_zip(**files: bytes) -> io.BytesIO:
    """`lamp__jpg=…` is lamp.jpg; folders by `__in__`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__in__", "/").replace("__", "."), content)
    out.seek(0)
    return out


def draw_picture(colour: str = "#0f766e") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(out, "PNG")
    return out.getvalue()
