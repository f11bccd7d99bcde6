"""Where buttons of blocks lead, and the pictures beside them."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from shop.models import Picture
from shop.selectors import ShownPicture, show_picture

LINK_FEATURES = ["bold", "italic", "link", "ul", "ol"]


def find_address(page: Page | None, *, request: HttpRequest | None) -> str:
    """Where a link leads; nowhere while its page is gone or not live."""
    return page.get_url(request) or "" if page is not None and page.live else ""


def show_chosen(picture: Picture | None) -> ShownPicture | None:
    """In the renditions that exist. Without a description it only adorns, and screen readers pass it over."""
    return show_picture(picture, alt=picture.description or "") if picture else None


def label_block(**options) -> blocks.CharBlock:
    return blocks.CharBlock(max_length=40, label=_("Button"), **{"required": False, **options})


def link_block() -> blocks.PageChooserBlock:
    return blocks.PageChooserBlock(required=False, label=_("Leads to"))


class LinkMixin:
    """Gives the template `link_url`. A button needs a label and a page: one without the other is refused."""

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        address = find_address(value.get("link_page"), request=context.get("request"))
        return {**context, "link_url": address}

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned.get("link_page") and not cleaned.get("link_label"):
            message = ValidationError(_("Say what stands on the button, or take its page away."))
            raise blocks.StructBlockValidationError({"link_label": message})
        return cleaned


class PictureMixin(LinkMixin):
    """Gives the template `picture`, in the renditions that exist, and `link_url`."""

    def get_context(self, value, parent_context=None):
        return {
            **super().get_context(value, parent_context),
            "picture": show_chosen(value.get("picture")),
        }
