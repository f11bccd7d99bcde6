"""Blocks that are looked at."""

from dataclasses import replace

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from pages.blocks.links import LINK_FEATURES, PictureMixin, label_block, link_block, show_chosen
from pages.previews import WithPicture, WithPictures


class HeroBlock(PictureMixin, blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, label=_("Heading"))
    text = blocks.CharBlock(max_length=200, required=False, label=_("Text"))
    picture = ImageChooserBlock(required=False, label=_("Picture"))
    link_label = label_block(default=_("Look around"))
    link_page = link_block()

    class Meta:
        icon = "image"
        label = _("Hero")
        description = _("A large opening with a picture and one button")
        template = "pages/blocks/hero.html"
        label_format = "{heading}"
        preview_value = WithPicture(
            heading="Made by hand, sent to your door", text="New pieces every Monday."
        )


class PictureWithTextBlock(PictureMixin, blocks.StructBlock):
    picture = ImageChooserBlock(required=False, label=_("Picture"))
    picture_side = blocks.ChoiceBlock(
        choices=[("left", _("Left")), ("right", _("Right"))], default="left", label=_("Picture on the")
    )
    heading = blocks.CharBlock(max_length=80, label=_("Heading"))
    text = blocks.RichTextBlock(features=LINK_FEATURES, label=_("Text"))
    link_label = label_block()
    link_page = link_block()

    class Meta:
        icon = "doc-full-inverse"
        label = _("Picture with text")
        description = _("A picture beside a short text")
        template = "pages/blocks/picture_with_text.html"
        label_format = "{heading}"
        preview_value = WithPicture(
            heading="Ready for the rains",
            picture_side="left",
            text="<p>Umbrellas that turn inside out and back again, and a pot of strong tea.</p>",
        )


class GalleryPictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(max_length=160, required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        label_format = "{caption}"


class GalleryBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, required=False, label=_("Heading"))
    pictures = blocks.ListBlock(GalleryPictureBlock(), min_num=1, max_num=24, label=_("Pictures"))

    class Meta:
        icon = "image"
        label = _("Gallery")
        description = _("Pictures side by side, each with a caption if it needs one")
        template = "pages/blocks/gallery.html"
        preview_value = WithPictures(
            heading="From the workshop", captions=("The kiln", "The wheel", "The shelf")
        )

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        items = [item for item in value["pictures"] if item["picture"]]
        prefetch_related_objects([item["picture"] for item in items], "renditions")
        shown = [{"picture": show_beside(item), "caption": item["caption"]} for item in items]
        return {**context, "shown": shown}


def show_beside(item):
    """A picture whose caption says what it shows need not be described a second time."""
    shown = show_chosen(item["picture"])
    return replace(shown, alt="") if shown.alt == item["caption"] else shown
