"""Videos of others. Nothing is asked of them before a shopper presses play."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from pages.blocks.links import show_chosen
from pages.previews import WithPicture

YOUTUBE = re.compile(
    r"^https://(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:.*&)?v=|embed/|shorts/)|youtu\.be/)([\w-]{11})"
)
VIMEO = re.compile(r"^https://(?:www\.|player\.)?vimeo\.com/(?:video/)?(\d{6,12})\b")
REFUSAL = _("Enter the address of a video on YouTube or Vimeo, for example https://youtu.be/aqz-KE-bpKQ.")


@dataclass(frozen=True)
class Video:
    """Where a video plays in a frame without cookies, and its own page for who has no scripts."""

    host: str
    frame_url: str
    page_url: str


def find_video(address: str) -> Video | None:
    """The video of an address that editors copy from their browser."""
    if found := YOUTUBE.match(address):
        key = found[1]
        return Video(
            host="YouTube",
            frame_url=f"https://www.youtube-nocookie.com/embed/{key}?autoplay=1&rel=0",
            page_url=f"https://www.youtube.com/watch?v={key}",
        )
    if found := VIMEO.match(address):
        key = found[1]
        return Video(
            host="Vimeo",
            frame_url=f"https://player.vimeo.com/video/{key}?autoplay=1&dnt=1",
            page_url=f"https://vimeo.com/{key}",
        )
    return None


def validate_video(address: str) -> None:
    if find_video(address) is None:
        raise ValidationError(REFUSAL)


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"), help_text=_("What the video shows."))
    address = blocks.URLBlock(validators=[validate_video], label=_("Address of the video"), help_text=REFUSAL)
    picture = ImageChooserBlock(
        required=False, label=_("Picture"), help_text=_("Shown until somebody presses play.")
    )

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A video from YouTube or Vimeo that loads only when somebody plays it")
        template = "pages/blocks/video.html"
        label_format = "{title}"
        preview_value = WithPicture(title="How a bowl is thrown", address="https://youtu.be/aqz-KE-bpKQ")

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return {
            **context,
            "video": find_video(value.get("address") or ""),
            "picture": show_chosen(value.get("picture")),
        }
