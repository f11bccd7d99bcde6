"""The shop's look on paper. Its settings belong to a floor above: `settings.DOCUMENT_LOOK` names who tells."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Look:
    """`accent` is #rrggbb; `logo` the bytes of a picture, or empty for the name in letters."""

    name: str = "Haat"
    accent: str = "#0f5f57"
    logo: bytes = b""


def find_look() -> Look:
    return import_string(settings.DOCUMENT_LOOK)()
