"""The words of a mail as they are in force: an editor's, or those of its kind."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from database.shared_cache import shared_cache
from notifications.kinds import MailKind
from notifications.models import MailText

TEXTS_KEY = "mail-texts"
# A text that is saved is heard of at once. Where that word is lost, mails have the old one so many seconds longer.
TEXTS_SECONDS = 5
PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True)
class Words:
    """What editors may change of a mail; blank lines part paragraphs."""

    subject: str
    heading: str
    opening: str
    closing: str

    def __iter__(self):
        return iter((self.subject, self.heading, self.opening, self.closing))


def find_words(kind: MailKind) -> Words:
    """Costs a mail no query, as a rule."""
    return read_edited().get(kind.key) or default_words(kind)


def default_words(kind: MailKind) -> Words:
    return Words(str(kind.subject), str(kind.heading), str(kind.opening), str(kind.closing))


def read_edited() -> dict[str, Words]:
    edited = shared_cache.get(TEXTS_KEY)
    if edited is None:
        edited = {
            row.kind: Words(row.subject, row.heading, row.opening, row.closing)
            for row in MailText.objects.all()
        }
        shared_cache.set(TEXTS_KEY, edited, TEXTS_SECONDS)
    return edited


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values where their names stand in braces; a name that is not known stays as it was typed."""
    return PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)


def find_unknown(text: str, kind: MailKind) -> list[str]:
    """Names in braces that this mail cannot fill, in their order."""
    return [name for name in PLACEHOLDER.findall(text) if name not in kind.names]
