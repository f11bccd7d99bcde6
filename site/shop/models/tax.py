from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import register_setting

from shop.enums import TaxKind
from shop.models.cached_setting import CachedSetting
from shop.models.seller import SellerSettings
from shop.pricing import TaxTerms
from shop.validators import validate_hsn_code

PERCENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


class TaxClass(models.Model):
    """A rate that differs from the shop's own, for the products that name it, and the HSN code they share."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=TaxKind.choices,
        default=TaxKind.TAXABLE,
        help_text=_("Zero-rated and exempt goods bear no tax: their rate is 0."),
    )
    rate = models.DecimalField(_("rate in percent"), max_digits=5, decimal_places=2, validators=PERCENT)
    hsn_code = models.CharField(
        _("HSN code"),
        max_length=8,
        blank=True,
        default="",
        validators=[validate_hsn_code],
        help_text=_("For products without a code of their own."),
    )

    panels = [FieldPanel("name"), FieldPanel("kind"), FieldPanel("rate"), FieldPanel("hsn_code")]

    class Meta:
        verbose_name = _("tax class")
        verbose_name_plural = _("tax classes")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rate__range=(0, 100)), name="tax_class_rate_in_percent"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=TaxKind.TAXABLE) | models.Q(rate=0), name="tax_class_untaxed_is_zero"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=TaxKind.values), name="tax_class_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.rate} %)"

    def clean(self) -> None:
        if self.kind != TaxKind.TAXABLE and self.rate:
            raise ValidationError({"rate": _("Zero-rated and exempt goods bear no tax: enter 0.")})


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
        """The terms in force now; the seller's state tells sales within it from those beyond."""
        saved = cls.load()
        return TaxTerms(
            rate=saved.rate,
            prices_include_tax=saved.prices_include_tax,
            seller_state=SellerSettings.load().state,
        )
