import io
import stat
import zipfile

import pytest

from pages.sheets import archives
from pages.sheets.archives import PictureArchive
from pages.sheets.reading import SheetRefused
from shop.uploads import LARGEST_UPLOAD, PictureRefused
from tests.factories.sheets import draw_picture, write_zip


def test_pictures_are_found_in_any_folder_and_case_and_written_anew():
    archive = PictureArchive(write_zip(photos__in__Lamp__PNG=draw_picture(), __MACOSX__in___x=b"x"))
    clean = archive.read("lamp.png")
    assert (clean.width, clean.height, clean.extension) == (40, 40, "png")


@pytest.mark.parametrize(
    "name", ["../lamp.png", "/etc/lamp.png", "a/../../lamp.png", "..\\lamp.png", "C:\\lamp.png"]
)
def test_name_that_leads_out_of_the_zip_refuses_all_of_it(name):
    with pytest.raises(SheetRefused, match="leads out of it"):
        PictureArchive(write_zip(**{name: draw_picture()}))


def test_link_refuses_all_of_it():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("lamp.png")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(SheetRefused, match="leads out of it"):
        PictureArchive(file)


def test_locked_zip_is_refused():
    content = bytearray(write_zip(lamp__png=draw_picture()).getvalue())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(SheetRefused, match="locked with a password"):
        PictureArchive(io.BytesIO(bytes(content)))


def test_zip_that_says_it_holds_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_UNPACKED", 10)
    with pytest.raises(SheetRefused, match="holds too much"):
        PictureArchive(write_zip(lamp__png=draw_picture()))


def test_no_zip_is_refused():
    with pytest.raises(SheetRefused, match="no ZIP file"):
        PictureArchive(io.BytesIO(b"not a zip"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"0" * (LARGEST_UPLOAD * 50),
            "cannot be larger than 500 KB",
        ),  # a bomb: read to its bound, no further
        (b"<svg onload='alert(1)'/>", "not an image or a corrupted image"),
        (b"GIF89a" + b"\0" * 100, "not an image or a corrupted image"),
    ],
)
def test_what_is_no_picture_is_refused_by_its_name(content, sentence):
    archive = PictureArchive(write_zip(lamp__png=content))
    with pytest.raises(PictureRefused, match=f"“lamp.png”: .*{sentence}"):
        archive.read("lamp.png")


def test_what_is_hidden_behind_a_picture_does_not_come_along():
    archive = PictureArchive(write_zip(lamp__png=draw_picture() + b"<script>alert(1)</script>"))
    assert b"script" not in archive.read("lamp.png").content


def test_missing_and_doubled_names_are_said():
    archive = PictureArchive(write_zip(a__in__lamp__png=draw_picture(), b__in__lamp__png=draw_picture()))
    with pytest.raises(PictureRefused, match="more than once"):
        archive.read("lamp.png")
    with pytest.raises(PictureRefused, match=r"“cup\.png” is not in the ZIP"):
        archive.read("cup.png")
