"""A mail's words and data made into subject, text and HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from notifications.kinds import MailKind
from notifications.words import Words, fill, find_words

PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class RenderedMail:
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Message:
    """What the templates show around the middle."""

    heading: str
    opening: list[str]
    closing: list[str]
    why_sent: str


def render_mail(
    kind: MailKind,
    *,
    values: Mapping[str, str],
    context: Mapping[str, object] | None = None,
    words: Words | None = None,
) -> RenderedMail:
    """The mail with the words in force, or with these `words` (a preview)."""
    known = {**values, "shop_name": import_string(settings.MAIL_SHOP_NAME)()}
    words = words or find_words(kind)
    message = Message(
        heading=fill(words.heading, known),
        opening=split_paragraphs(fill(words.opening, known)),
        closing=split_paragraphs(fill(words.closing, known)),
        why_sent=fill(str(kind.why_sent), known),
    )
    shown = {"base_url": settings.BASE_URL, **(context or {}), "mail": message}
    return RenderedMail(
        subject=" ".join(fill(words.subject, known).split())[:255],
        text=render_unmarked(f"emails/{kind.template}.txt", shown),
        html=render_unmarked(f"emails/{kind.template}.html", shown),
    )


def render_unmarked(template: str, context: Mapping[str, object]) -> str:
    """A string that another template escapes: what is safe as a mail is not safe inside a page of the admin."""
    return render_to_string(template, dict(context)) + ""


def split_paragraphs(text: str) -> list[str]:
    return [part.strip() for part in PARAGRAPHS.split(text.replace("\r\n", "\n")) if part.strip()]
