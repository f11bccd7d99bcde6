"""A ZIP of pictures that somebody brought. Nothing of it is ever unpacked to a disk."""

import stat
import zipfile
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

from pages.sheets.reading import SheetRefused
from shop.uploads import LARGEST_UPLOAD, CleanPicture, PictureRefused, clean_picture

LARGEST_ZIP = 200 * 1024 * 1024
MOST_FILES = 20_000
LARGEST_UNPACKED = 2 * 1024 * 1024 * 1024
ENCRYPTED = 0x1


class PictureArchive:
    """Pictures by file name, without folders and whatever the case. Raises `SheetRefused` over the ZIP as a whole."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self.archive = zipfile.ZipFile(file)
            parts = self.archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise SheetRefused(_("The pictures are no ZIP file that can be read.")) from error
        if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise SheetRefused(_("The ZIP of pictures holds too much: bring it in parts."))
        self.parts: dict[str, zipfile.ZipInfo] = {}
        self.twice: set[str] = set()
        for part in parts:
            self.add(part)

    def add(self, part: zipfile.ZipInfo) -> None:
        check_part(part)
        path = PurePosixPath(part.filename)
        if part.is_dir() or path.parts[0] == "__MACOSX" or path.name.startswith("."):
            return
        name = path.name.lower()
        if name in self.parts:
            self.twice.add(name)
        self.parts[name] = part

    def read(self, name: str) -> CleanPicture:
        """The picture, written anew. Raises `PictureRefused` with a sentence that names it."""
        known = self.parts.get(name.lower())
        if known is None:
            raise PictureRefused(_("“%(name)s” is not in the ZIP of pictures.") % {"name": name})
        if name.lower() in self.twice:
            raise PictureRefused(_("“%(name)s” is in the ZIP more than once.") % {"name": name})
        try:
            with self.archive.open(known) as part:
                # However much it says or unpacks to, no more than this is read.
                content = part.read(LARGEST_UPLOAD + 1)
            return clean_picture(BytesIO(content), size=len(content))
        except PictureRefused as error:
            raise PictureRefused(f"“{name}”: {error}") from error
        except Exception as error:  # whatever zipfile raises over somebody's bytes
            raise PictureRefused(_("“%(name)s” cannot be unpacked.") % {"name": name}) from error


def check_part(part: zipfile.ZipInfo) -> None:
    """A name that leads elsewhere, a link or a locked file is no accident: the whole is refused."""
    path = PurePosixPath(part.filename.replace("\\", "/"))
    leads_away = path.is_absolute() or ".." in path.parts or ":" in part.filename or not path.parts
    if leads_away or stat.S_ISLNK(part.external_attr >> 16):
        sentence = _("The ZIP holds a name that leads out of it (“%(name)s”): it is refused.")
        raise SheetRefused(sentence % {"name": part.filename[:60]})
    if part.flag_bits & ENCRYPTED:
        raise SheetRefused(_("The ZIP of pictures is locked with a password: bring it without one."))
