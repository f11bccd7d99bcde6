from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import register_setting

from shop.models.cached_setting import CachedSetting
from shop.pricing import TaxTerms

PERCENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


class TaxClass(models.Model):
    """A rate that differs from the shop's own, for the products that name it."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    rate = models.DecimalField(_("rate in percent"), max_digits=5, decimal_places=2, validators=PERCENT)

    panels = [FieldPanel("name"), FieldPanel("rate")]

    class Meta:
        verbose_name = _("tax class")
        verbose_name_plural = _("tax classes")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(rate__range=(0, 100)), name="tax_class_rate_in_percent")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.rate} %)"


@register_setting(icon="tag")
class TaxSettings(CachedSetting):
    """What a typed price means."""

    rate = models.DecimalField(
        _("tax rate in percent"), max_digits=5, decimal_places=2, default=Decimal(10), validators=PERCENT
    )
    prices_include_tax = models.BooleanField(
        _("prices include tax"),
        default=False,
        help_text=_("Whether the price typed for a product already contains the tax."),
    )

    panels = [FieldPanel("rate"), FieldPanel("prices_include_tax")]

    class Meta:
        verbose_name = _("Tax")

    @classmethod
    def current_terms(cls) -> TaxTerms:
        """The terms in force now."""
        saved = cls.load()
        return TaxTerms(rate=saved.rate, prices_include_tax=saved.prices_include_tax)
