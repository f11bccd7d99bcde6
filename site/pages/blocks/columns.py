"""Blocks side by side."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.pictures import PictureWithTextBlock
from pages.blocks.videos import VideoBlock
from pages.blocks.words import CallToActionBlock, FaqBlock, QuoteBlock, make_text_block


class ColumnBlock(blocks.StreamBlock):
    rich_text = make_text_block()
    picture_with_text = PictureWithTextBlock()
    quote = QuoteBlock()
    faq = FaqBlock()
    video = VideoBlock()
    call_to_action = CallToActionBlock()

    class Meta:
        icon = "list-ul"
        label = _("Column")


class ColumnsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, required=False, label=_("Heading"))
    columns = blocks.ListBlock(ColumnBlock(), min_num=2, max_num=4, default=[[], []], label=_("Columns"))

    class Meta:
        icon = "table"
        label = _("Columns")
        description = _("Two to four columns side by side, one below the other on phones")
        template = "pages/blocks/columns.html"
        label_format = "{heading}"
        preview_value = {
            "heading": "How it comes to you",
            "columns": [
                [("rich_text", "<h3>Packed</h3><p>In paper and cardboard, by the people who made it.</p>")],
                [("rich_text", "<h3>Sent</h3><p>Before noon the same day, otherwise the next.</p>")],
                [("rich_text", "<h3>Kept</h3><p>Or sent back within fourteen days.</p>")],
            ],
        }
