from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.contrib.settings.models import register_setting

from accounts.enums import Membership
from shop.models.cached_setting import CachedSetting

PERCENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


def percent_field(label: str) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        validators=PERCENT,
        help_text=_("In percent."),
    )


@register_setting(icon="group")
class TierSettings(CachedSetting):
    """The standing discount of each membership tier, off every order of a signed-in customer."""

    bronze = percent_field(_("Bronze members"))
    silver = percent_field(_("Silver members"))
    gold = percent_field(_("Gold members"))

    panels = [
        HelpPanel(
            content=_(
                "What signed-in members save on every order, after sales and before a coupon. 0 means nothing."
            )
        ),
        FieldPanel("bronze"),
        FieldPanel("silver"),
        FieldPanel("gold"),
    ]

    class Meta:
        verbose_name = _("Member discounts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(**{f"{name}__range": (0, 100)}), name=f"tier_{name}_in_percent"
            )
            for name in ("bronze", "silver", "gold")
        ]

    @property
    def percents(self) -> dict[str, Decimal]:
        """By the letter of the membership."""
        return {
            Membership.BRONZE: self.bronze,
            Membership.SILVER: self.silver,
            Membership.GOLD: self.gold,
        }
