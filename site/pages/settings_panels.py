"""How the shop's settings are laid out in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from pages.looks import LOOKS
from pages.widgets import ColourInput


class LooksPanel(Panel):
    """Buttons that fill the look's fields in; nothing is saved before the editor saves."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/admin/looks_panel.html"

        def get_context_data(self, parent_context=None):
            return {**super().get_context_data(parent_context), "looks": LOOKS}


def colour_panel(name: str, help_text: str) -> FieldPanel:
    return FieldPanel(name, widget=ColourInput, help_text=help_text)


SHOP_PANELS = TabbedInterface(
    [
        ObjectList(
            [
                MultiFieldPanel(
                    [FieldPanel("name"), FieldPanel("tagline"), FieldPanel("logo"), FieldPanel("icon")],
                    heading=_("Shop"),
                ),
                MultiFieldPanel(
                    [FieldPanel("announcement"), FieldPanel("announcement_page")], heading=_("Announcement")
                ),
                MultiFieldPanel(
                    [FieldPanel("contact_email"), FieldPanel("contact_phone")], heading=_("Contact")
                ),
            ],
            heading=_("Shop"),
        ),
        ObjectList(
            [
                LooksPanel(heading=_("Start from a look")),
                MultiFieldPanel(
                    [
                        FieldRowPanel(
                            [
                                colour_panel("accent", _("Of buttons and links.")),
                                colour_panel("background", _("Behind everything.")),
                                colour_panel("ink", _("Of texts and headings.")),
                            ]
                        )
                    ],
                    heading=_("Colours"),
                ),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("text_font"), FieldPanel("heading_font")]),
                        FieldRowPanel([FieldPanel("type_scale"), FieldPanel("radius")]),
                    ],
                    heading=_("Letters and corners"),
                ),
            ],
            heading=_("Look"),
        ),
        ObjectList(
            [
                FieldPanel("main_menu"),
                FieldPanel("footer_columns"),
                FieldPanel("footer_text"),
                FieldPanel("social_links"),
            ],
            heading=_("Menus"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [FieldPanel("tax_wording"), FieldPanel("shipping_text"), FieldPanel("returns_text")],
                    heading=_("On product pages"),
                ),
                MultiFieldPanel(
                    [FieldPanel("search_description"), FieldPanel("share_picture")],
                    heading=_("Search engines and sharing"),
                ),
                MultiFieldPanel([FieldPanel("holds_reviews")], heading=_("Reviews")),
            ],
            heading=_("Words and rules"),
        ),
    ]
)
