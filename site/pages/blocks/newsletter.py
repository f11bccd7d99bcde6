"""Asking for the newsletter, with the words that somebody agrees to."""

from django.core.signing import Signer
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

SALT = "pages.newsletter"
LONGEST_SOURCE = 120


def sign_asking(*, wording: str, source: str) -> str:
    """What the form brings back as proof: the sentence that stood beside it, and where. The same bytes each time."""
    return Signer(salt=SALT).sign_object({"wording": wording, "source": source[:LONGEST_SOURCE]})


def read_asking(signed: str) -> dict[str, str]:
    """Raises `BadSignature`."""
    return Signer(salt=SALT).unsign_object(signed)


class NewsletterBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, default=_("News from the shop"), label=_("Heading"))
    text = blocks.CharBlock(max_length=200, required=False, label=_("Text"))
    wording = blocks.CharBlock(
        max_length=300,
        default=_("Yes, send me news and offers about once a month. I can stop them with one click."),
        label=_("What people agree to"),
        help_text=_("Kept with each address as proof. Nobody gets mail before they confirmed it."),
    )
    button = blocks.CharBlock(max_length=40, default=_("Subscribe"), label=_("Button"))

    class Meta:
        icon = "mail"
        label = _("Newsletter")
        description = _("A sign-up that asks for confirmation by mail")
        template = "pages/blocks/newsletter.html"
        label_format = "{heading}"
        preview_value = {
            "heading": "News from the shop",
            "text": "New pieces, restocks and the odd story.",
            "wording": "Yes, send me news and offers about once a month.",
            "button": "Subscribe",
        }

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        request = context.get("request")
        asking = sign_asking(wording=str(value["wording"]), source=request.path if request else "")
        return {**context, "asking": asking}
