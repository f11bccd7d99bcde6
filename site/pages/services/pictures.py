"""Renditions, made in the background: a page view never waits for one."""

import logging
import time

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet

from database.versions import mark_changed
from shop.models import Picture
from shop.selectors import PICTURE_SPECS

logger = logging.getLogger(__name__)

LONGEST_RUN_SECONDS = 45
BROKEN_SECONDS = 3600


def render_missing() -> int:
    """Make renditions for pictures that lack some, for `LONGEST_RUN_SECONDS` at most. Returns for how many it did."""
    ends_at = time.monotonic() + LONGEST_RUN_SECONDS
    count = 0
    for picture in find_lacking().iterator(chunk_size=100):
        if time.monotonic() > ends_at:
            break
        count += render_picture(picture)
    if count:
        mark_changed()
    return count


def find_lacking() -> QuerySet[Picture]:
    wanted = list(PICTURE_SPECS.values())
    # By kinds, not rows: a picture whose focal point was moved has several renditions of one kind.
    made = Count("renditions__filter_spec", filter=Q(renditions__filter_spec__in=wanted), distinct=True)
    return Picture.objects.annotate(made=made).filter(made__lt=len(wanted)).order_by("pk")


def render_picture(picture: Picture) -> bool:
    """Returns whether it worked. A broken file stops no other, and is tried and told again after an hour."""
    mark = f"broken-picture:{picture.pk}"
    if cache.get(mark):
        return False
    try:
        picture.get_renditions(*PICTURE_SPECS.values())
    except Exception:  # whatever Pillow or the storage may raise over somebody's file
        logger.exception("Picture %s could not be rendered", picture.pk)
        cache.set(mark, True, BROKEN_SECONDS)
        return False
    return True
