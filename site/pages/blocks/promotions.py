"""Banners: one line across the page, and promotions that come and go by themselves."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.links import LinkMixin, label_block, link_block
from pages.moments import find_moment, note_changes
from pages.previews import EndingSoon


class BannerBlock(LinkMixin, blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, label=_("Heading"))
    text = blocks.CharBlock(max_length=200, required=False, label=_("Text"))
    link_label = label_block()
    link_page = link_block()

    class Meta:
        icon = "info-circle"
        label = _("Banner")
        description = _("One line across the page that points somewhere")
        template = "pages/blocks/banner.html"
        label_format = "{heading}"
        preview_value = {"heading": "Monsoon picks are here", "text": "Light, quick-drying and easy to pack."}


class PromotionBlock(BannerBlock):
    """Shown from its start until its end, to the second, on kept pages too: they are told when it changes."""

    starts_at = blocks.DateTimeBlock(
        required=False, label=_("From"), help_text=_("Indian time. Empty: as soon as the page is published.")
    )
    ends_at = blocks.DateTimeBlock(
        required=False,
        label=_("Until"),
        help_text=_("The first moment after it. Empty: until you take it away."),
    )
    countdown = blocks.BooleanBlock(
        required=False, default=True, label=_("Count down to the end"), help_text=_("Needs an end.")
    )

    class Meta:
        icon = "time"
        label = _("Promotion")
        description = _("A banner that appears and disappears by itself, with a countdown")
        template = "pages/blocks/promotion.html"
        label_format = "{heading}"
        preview_value = EndingSoon(
            heading="Festive week", text="Brass and marigold, ten percent off.", countdown=True
        )

    def clean(self, value):
        cleaned = super().clean(value)
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            error = ValidationError(_("The end lies after the start."))
            raise blocks.StructBlockValidationError({"ends_at": error})
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        request = context.get("request")
        note_changes(request, list_changes(value))
        shown = is_on(value, at=find_moment(request))
        return {**context, "shown": shown, "counts_down": value.get("countdown") and value.get("ends_at")}


def list_changes(value) -> list[datetime]:
    """The moments at which it appears and disappears."""
    return [at for at in (value.get("starts_at"), value.get("ends_at")) if at]


def is_on(value, *, at: datetime) -> bool:
    starts_at, ends_at = value.get("starts_at"), value.get("ends_at")
    return (not starts_at or starts_at <= at) and (not ends_at or at < ends_at)
