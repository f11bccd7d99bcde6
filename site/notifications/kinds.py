"""The mails that the shop sends: each kind with its words, and what the words may name.

The floors above name their own in `settings.MAIL_KINDS`; editors may replace the words (`models.MailText`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

Words = str | Promise

SHOP_NAME = {"shop_name": _("the shop's name")}


@dataclass(frozen=True)
class MailKind:
    """One of the shop's mails.

    `placeholders` says what each name in braces stands for. `template` is what stands between opening and
    closing: emails/<template>.html and .txt. `sample` names a function that makes a `Sample` of real data.
    `still_wanted` names a function that is asked, just before the mail leaves, with what the mail is about.
    """

    key: str
    label: Words
    group: Words
    subject: Words
    heading: Words
    opening: Words
    why_sent: Words
    sample: str
    closing: Words = ""
    placeholders: Mapping[str, Words] = field(default_factory=dict)
    template: str = "message"
    still_wanted: str = ""

    @property
    def names(self) -> dict[str, Words]:
        """Every placeholder that the words may use."""
        return {**self.placeholders, **SHOP_NAME}


@dataclass(frozen=True)
class Sample:
    """What a mail would be filled with."""

    values: Mapping[str, str]
    context: Mapping[str, object] = field(default_factory=dict)


@cache
def list_kinds() -> dict[str, MailKind]:
    """By their keys, in the order of the settings."""
    return {kind.key: kind for path in settings.MAIL_KINDS for kind in import_string(path)}


def find_kind(key: str) -> MailKind:
    return list_kinds()[key]
