from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


def hour_field(label: str, default: int) -> models.PositiveSmallIntegerField:
    """A full hour of the shop's clock."""
    return models.PositiveSmallIntegerField(label, default=default, validators=[MaxValueValidator(23)])


@register_setting(icon="mail", order=300)
class MarketingSettings(BaseGenericSetting):
    """When marketing mails go out, and how soon a full cart is brought to mind. Read by sweeps only: not cached."""

    reminds_of_carts = models.BooleanField(
        _("remind of full carts"), default=True, help_text=_("Only who agreed to it, once for each cart.")
    )
    cart_delay_minutes = models.PositiveIntegerField(
        _("minutes after the last change of a cart"),
        default=180,
        validators=[MinValueValidator(15), MaxValueValidator(5 * 24 * 60)],
        help_text=_("From 15 minutes to five days; carts are cleaned away after a week."),
    )
    tells_of_stock = models.BooleanField(_("tell who asked that a product is back"), default=True)
    opens_at = hour_field(_("from hour"), 9)
    closes_at = hour_field(_("to hour"), 20)
    days_between = models.PositiveSmallIntegerField(
        _("days between two marketing mails to the same address"),
        default=1,
        validators=[MaxValueValidator(60)],
        help_text=_("0: as many as there are reasons for."),
    )
    tells_staff_of_orders = models.BooleanField(_("mail staff every new order"), default=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("reminds_of_carts"), FieldPanel("cart_delay_minutes")], heading=_("Full carts")
        ),
        FieldPanel("tells_of_stock"),
        MultiFieldPanel(
            [FieldPanel("opens_at"), FieldPanel("closes_at"), FieldPanel("days_between")],
            heading=_("When marketing mails may arrive"),
        ),
        FieldPanel("tells_staff_of_orders"),
    ]

    class Meta:
        verbose_name = _("Mails")

    def clean(self) -> None:
        super().clean()
        if self.opens_at is not None and self.closes_at is not None and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_at": _("This hour must be later than the one mails begin at.")})
