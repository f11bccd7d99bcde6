from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import register_setting
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin

from pages.blocks.menus import FooterColumns, MainMenu, SocialLinks
from pages.colours import TEXT_CONTRAST, choose_ink, find_nearest, measure_contrast
from pages.fonts import FontStack, TypeScale
from pages.navigation import find_home
from pages.settings_panels import SHOP_PANELS
from shop.models.cached_setting import CachedSetting

validate_colour = RegexValidator(
    r"^#[0-9a-fA-F]{6}$", _("Enter a colour as # and six digits, for example #0f766e.")
)
TOO_PALE = _(
    "%(colour)s on %(background)s has a contrast of %(contrast)s to 1; text that everybody can read needs "
    "4.5 to 1 (WCAG 2.2, AA). The nearest colour that passes is %(nearest)s."
)


def colour_field(label: str, default: str, help_text: str = "") -> models.CharField:
    return models.CharField(
        label, max_length=7, default=default, validators=[validate_colour], help_text=help_text
    )


def picture_field(label: str, help_text: str = "") -> models.ForeignKey:
    return models.ForeignKey(
        "shop.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
        help_text=help_text,
    )


@register_setting(icon="home")
class ShopSettings(PreviewableMixin, CachedSetting):
    """The shop's name, words, menus and look, on every page and in every mail."""

    name = models.CharField(_("name"), max_length=80, default="Haat")
    tagline = models.CharField(_("tagline"), max_length=160, blank=True, default="")
    logo = picture_field(_("logo"), _("In the header and in mails, instead of the name."))
    icon = picture_field(_("icon"), _("A square picture, shown in the browser's tab."))
    announcement = models.CharField(
        _("announcement"), max_length=160, blank=True, default="", help_text=_("A bar above every page.")
    )
    announcement_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("announcement leads to"),
    )
    contact_email = models.EmailField(_("contact email"), blank=True, default="")
    contact_phone = models.CharField(_("contact phone"), max_length=20, blank=True, default="")
    main_menu = StreamField(
        MainMenu(),
        blank=True,
        verbose_name=_("main menu"),
        help_text=_("Drag to sort. Empty: collections and landing pages that are shown in menus."),
    )
    footer_columns = StreamField(
        FooterColumns(),
        blank=True,
        verbose_name=_("footer"),
        help_text=_("Drag to sort. Empty: the menu, and the pages that explain the shop."),
    )
    social_links = StreamField(SocialLinks(), blank=True, verbose_name=_("social networks"))
    footer_text = models.TextField(_("text in the footer"), blank=True, default="")
    tax_wording = models.CharField(
        _("beside prices"),
        max_length=40,
        blank=True,
        default="incl. tax",
        help_text=_("Prices on pages always contain the tax; this says so."),
    )
    shipping_text = models.CharField(_("shipping"), max_length=255, blank=True, default="")
    returns_text = models.CharField(_("returns"), max_length=255, blank=True, default="")
    accent = colour_field(_("colour"), "#0f5f57", _("Of buttons and links."))
    background = colour_field(_("background"), "#fcfaf6")
    ink = colour_field(_("text colour"), "#211c17")
    text_font = models.CharField(
        _("letters of texts"), max_length=12, choices=FontStack.choices, default=FontStack.SANS
    )
    heading_font = models.CharField(
        _("letters of headings"), max_length=12, choices=FontStack.choices, default=FontStack.SANS
    )
    type_scale = models.CharField(
        _("size of headings"), max_length=10, choices=TypeScale.choices, default=TypeScale.REGULAR
    )
    radius = models.PositiveSmallIntegerField(
        _("corner radius in pixels"), default=10, validators=[MaxValueValidator(40)]
    )
    search_description = models.CharField(
        _("description for search engines"),
        max_length=160,
        blank=True,
        default="",
        help_text=_("Of pages that have none of their own. Empty: the tagline."),
    )
    share_picture = picture_field(
        _("picture for sharing"), _("Shown where somebody shares a page that has no picture of its own.")
    )
    holds_reviews = models.BooleanField(_("new reviews wait for approval"), default=False)

    select_related = ["logo", "icon", "share_picture", "announcement_page"]
    edit_handler = SHOP_PANELS

    class Meta:
        verbose_name = _("Shop")

    @property
    def accent_ink(self) -> str:
        """What can be read on the shop's colour, for mails: pages work it out in CSS."""
        return choose_ink(self.accent)

    @property
    def description(self) -> str:
        """For search engines, of pages that have none of their own."""
        return self.search_description or self.tagline

    def clean(self) -> None:
        """Text and links must be readable on the background (WCAG 2.2, 1.4.3)."""
        super().clean()
        problems = {name: self.describe_contrast(name) for name in ("accent", "ink")}
        problems = {name: problem for name, problem in problems.items() if problem}
        if problems:
            raise ValidationError(problems)

    def describe_contrast(self, name: str) -> str:
        """What is wrong with a colour on the background; nothing where it reads, or is no colour at all."""
        colour, background = getattr(self, name), self.background
        try:
            validate_colour(colour)
            validate_colour(background)
        except ValidationError:
            return ""
        contrast = measure_contrast(colour, background)
        if contrast >= TEXT_CONTRAST:
            return ""
        return TOO_PALE % {
            "colour": colour,
            "background": background,
            # Cut, not rounded: 4.46 is no 4.5.
            "contrast": f"{int(contrast * 10) / 10:.1f}",
            "nearest": find_nearest(colour, on=background),
        }

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return [("", _("Front page")), ("collectionpage", _("A collection")), ("productpage", _("A product"))]

    def serve_preview(self, request: HttpRequest, mode_name: str):
        """A page of the shop as it will look."""
        page = find_shown_page(mode_name, request=request)
        if page is None:
            raise Http404("The shop has no such page yet.")
        return page.specific.serve(request)


def find_shown_page(kind: str, *, request: HttpRequest):
    """The home page, or the oldest live page of a kind below it."""
    home = find_home(request)
    if home is None or not kind:
        return home
    return home.get_descendants().live().filter(content_type__model=kind).order_by("pk").first()
