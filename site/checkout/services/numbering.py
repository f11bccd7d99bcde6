"""The next number of a series of documents. Inner service."""

from datetime import datetime

from django.db.models import F

from checkout.models import DocumentSeries
from checkout.numbers import find_financial_year


def take_number(*, prefix: str, at: datetime) -> tuple[DocumentSeries, int]:
    """The series of these letters in the financial year of `at`, and its next number.

    Only for a caller that writes a document with it in the same transaction: the counter's row stays
    locked until then, and a rollback puts the number back.
    """
    wanted = {"prefix": prefix, "financial_year": find_financial_year(at)}
    series = DocumentSeries.objects.filter(**wanted)
    # Counted up before it is read: the update takes the lock, where a read would see what others see.
    if not series.update(last_number=F("last_number") + 1):
        DocumentSeries.objects.bulk_create([DocumentSeries(**wanted)], ignore_conflicts=True)
        series.update(last_number=F("last_number") + 1)
    found = series.get()
    return found, found.last_number
