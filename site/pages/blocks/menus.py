"""Entries of menus and columns of the footer, put in order by dragging them."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PageLinkBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Page"))
    label = blocks.CharBlock(
        max_length=40, required=False, label=_("Label"), help_text=_("Empty: the page's own title.")
    )

    class Meta:
        icon = "doc-empty"
        label = _("Page of the shop")
        description = _("Follows the page when it moves, and goes while it is not published")


class AddressLinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=40, label=_("Label"))
    address = blocks.URLBlock(label=_("Address"), help_text=_("For example https://example.com/press"))

    class Meta:
        icon = "link"
        label = _("Other address")
        description = _("A page of another site")
        label_format = "{label}"


class LinksBlock(blocks.StreamBlock):
    page = PageLinkBlock()
    address = AddressLinkBlock()


class MainMenu(LinksBlock):
    """What stands in the header; the first four beside the name on wide screens, all of them in the menu."""

    collections = blocks.StaticBlock(
        icon="grip",
        label=_("All collections"),
        description=_("Every collection that is shown in menus, also those to come"),
        admin_text=_("Every collection that is shown in menus, also those to come."),
    )


class FooterColumnBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=40, label=_("Heading"))
    links = LinksBlock(label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")
        label_format = "{heading}"


class FooterColumns(blocks.StreamBlock):
    column = FooterColumnBlock()


NETWORKS = [
    ("facebook", "Facebook"),
    ("instagram", "Instagram"),
    ("linkedin", "LinkedIn"),
    ("pinterest", "Pinterest"),
    ("whatsapp", "WhatsApp"),
    ("x", "X"),
    ("youtube", "YouTube"),
]


class SocialLinkBlock(blocks.StructBlock):
    network = blocks.ChoiceBlock(choices=NETWORKS, label=_("Network"))
    address = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Profile")
        label_format = "{network}"


class SocialLinks(blocks.StreamBlock):
    profile = SocialLinkBlock()
