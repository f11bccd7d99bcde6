"""From a painted picture to one of the library: first its file, then, in a transaction, its row."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from hashlib import sha1

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from pages.demo.pictures import SIZE, paint_demo_picture
from pages.demo.specimens import DemoPicture
from shop.models import Picture

PAINTERS = 2


@contextmanager
def paint_ahead(pictures: Sequence[DemoPicture]) -> Iterator[Iterator[bytes]]:
    """Paint on other cores ahead of the database, which has only one writer; stop when the block is left."""
    pool = ProcessPoolExecutor(PAINTERS)
    try:
        yield pool.map(paint_demo_picture, pictures, chunksize=4)
    finally:
        pool.shutdown(cancel_futures=True)


def store_file(specimen: DemoPicture, data: bytes) -> Picture:
    """A picture whose file is stored, and that is no row yet.

    What Wagtail would read from the file again (size, hash) is known from painting it.
    """
    name = default_storage.save(Picture().get_upload_to("picture.webp"), ContentFile(data))
    return Picture(
        title=specimen.alt[:255],
        description=specimen.alt[:255],
        file=name,
        width=SIZE,
        height=SIZE,
        file_size=len(data),
        file_hash=sha1(data, usedforsecurity=False).hexdigest(),
    )


def insert_picture(picture: Picture) -> Picture:
    """Insert the row; safe to repeat with a repeated transaction."""
    picture.pk = None
    picture.save(force_insert=True)
    return picture
