"""Blocks that are read: text, questions, quotes."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.links import LINK_FEATURES, LinkMixin, label_block, link_block

# Without pictures and embedded media: those have blocks of their own, which a page view can show at once.
TEXT_FEATURES = ["h2", "h3", "h4", *LINK_FEATURES, "document-link", "hr"]


def make_text_block(**options) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(
        **options,
        features=TEXT_FEATURES,
        icon="pilcrow",
        label=_("Text"),
        description=_("Paragraphs, headings and lists"),
        template="pages/blocks/rich_text.html",
        preview_value="<h2>How we ship</h2><p>In <b>two to seven days</b>, from the town that made it.</p>",
    )


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=160, label=_("Question"))
    answer = blocks.RichTextBlock(features=LINK_FEATURES, label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{question}"


class FaqBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, required=False, default=_("Questions"), label=_("Heading"))
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        description = _("Questions that unfold their answers")
        template = "pages/blocks/faq.html"
        preview_value = {
            "heading": "Questions",
            "questions": [{"question": "Can I send it back?", "answer": "<p>Within fourteen days.</p>"}],
        }


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=400, label=_("Text"))
    author = blocks.CharBlock(max_length=80, required=False, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("One sentence worth standing alone")
        template = "pages/blocks/quote.html"
        preview_value = {
            "text": "We say where a thing was made, or we do not sell it.",
            "author": "Our promise",
        }


class CallToActionBlock(LinkMixin, blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, label=_("Heading"))
    text = blocks.CharBlock(max_length=200, required=False, label=_("Text"))
    link_label = label_block(required=True)
    link_page = link_block()

    class Meta:
        icon = "pick"
        label = _("Call to action")
        description = _("A last word and a button")
        template = "pages/blocks/call_to_action.html"
        preview_value = {"heading": "Still looking?", "text": "Write to us.", "link_label": "Contact"}
