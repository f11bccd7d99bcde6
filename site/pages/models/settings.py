from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting

from pages.colours import choose_ink
from shop.models.cached_setting import CachedSetting

validate_colour = RegexValidator(
    r"^#[0-9a-fA-F]{6}$", _("Enter a colour as # and six digits, for example #0f766e.")
)


class HeadingFont(models.TextChoices):
    SANS = "sans", _("Sans serif")
    SERIF = "serif", _("Serif")


@register_setting(icon="home")
class ShopSettings(CachedSetting):
    """The shop's name, words and look, on every page and in every mail."""

    name = models.CharField(_("name"), max_length=80, default="Haat")
    tagline = models.CharField(_("tagline"), max_length=160, blank=True, default="")
    logo = models.ForeignKey(
        "shop.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    announcement = models.CharField(_("announcement"), max_length=160, blank=True, default="")
    contact_email = models.EmailField(_("contact email"), blank=True, default="")
    contact_phone = models.CharField(_("contact phone"), max_length=20, blank=True, default="")
    shipping_text = models.CharField(_("shipping"), max_length=255, blank=True, default="")
    returns_text = models.CharField(_("returns"), max_length=255, blank=True, default="")
    footer_text = models.TextField(_("footer"), blank=True, default="")
    accent = models.CharField(_("colour"), max_length=7, default="#0f5f57", validators=[validate_colour])
    radius = models.PositiveSmallIntegerField(_("corner radius in pixels"), default=10)
    heading_font = models.CharField(
        _("heading font"), max_length=10, choices=HeadingFont.choices, default=HeadingFont.SANS
    )
    holds_reviews = models.BooleanField(_("new reviews wait for approval"), default=False)

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("tagline"), FieldPanel("logo"), FieldPanel("announcement")],
            heading=_("Shop"),
        ),
        MultiFieldPanel(
            [FieldPanel("accent"), FieldPanel("radius"), FieldPanel("heading_font")], heading=_("Look")
        ),
        MultiFieldPanel(
            [
                FieldPanel("contact_email"),
                FieldPanel("contact_phone"),
                FieldPanel("shipping_text"),
                FieldPanel("returns_text"),
                FieldPanel("footer_text"),
            ],
            heading=_("Words"),
        ),
        FieldPanel("holds_reviews"),
    ]

    class Meta:
        verbose_name = _("Shop")

    @property
    def accent_ink(self) -> str:
        """What can be read on the shop's colour, for mails: pages work it out in CSS."""
        return choose_ink(self.accent)
