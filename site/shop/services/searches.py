"""What shoppers look for, as numbers a day: no search says who made it."""

import re
from datetime import date, timedelta

from django.db.models import F, Sum

from database.transactions import entry_service
from shop.models import SearchedText

LONGEST_TEXT = 100
# What people paste by mistake and nobody should read in a report: an address for mail, a number to call or to pay with.
PRIVATE = re.compile(r"@|(?:\d[\s-]?){8}")
POPULAR_DAYS = 30
POPULAR_FROM = 3  # searches: what one visitor looked for once is nobody else's matter
KEPT_DAYS = 800


@entry_service
def record_search(*, text: str, results: int, on: date) -> None:
    """Count a search that found so many products. What looks like somebody's address or number is not kept."""
    text = " ".join(text.lower().split())[:LONGEST_TEXT]
    if not text or PRIVATE.search(text):
        return
    row, _created = SearchedText.objects.get_or_create(day_on=on, text=text, defaults={"results": results})
    SearchedText.objects.filter(pk=row.pk).update(count=F("count") + 1, results=results)


def find_popular_searches(*, on: date, limit: int, beginning: str = "") -> list[str]:
    """What was searched for most in the last `POPULAR_DAYS` and found something."""
    rows = SearchedText.objects.filter(day_on__gt=on - timedelta(days=POPULAR_DAYS), results__gt=0)
    if beginning:
        rows = rows.filter(text__startswith=beginning.lower())
    totals = rows.order_by().values("text").annotate(total=Sum("count")).filter(total__gte=POPULAR_FROM)
    return list(totals.order_by("-total", "text").values_list("text", flat=True)[:limit])


@entry_service
def remove_old_searches(*, on: date) -> None:
    """Forget what was searched for longer than `KEPT_DAYS` ago."""
    SearchedText.objects.filter(day_on__lt=on - timedelta(days=KEPT_DAYS)).delete()
