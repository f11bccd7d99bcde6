"""Where the shop delivers, how, and what that costs: set up by staff, read as pure rules."""

from decimal import Decimal

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from accounts.enums import IndianState
from shop.enums import RateKind
from shop.pricing.delivery import (
    CashTerms,
    DeliveryChoice,
    DeliveryMethod,
    DeliveryRules,
    Zone,
    ZoneRate,
)
from shop.pricing.shipping import Band
from shop.pricing.shipping import ShippingRate as PricedRate

RULES_KEY = "delivery-rules"
# As long as a process may lag behind at most, should the word that they changed be lost.
RULES_SECONDS = 5
FIRST_PIN, LAST_PIN = 100_000, 999_999
PIN_SENTENCE = _("Enter a PIN code of six digits, for example 560001.")
SIX_DIGITS = [MinValueValidator(FIRST_PIN, PIN_SENTENCE), MaxValueValidator(LAST_PIN, PIN_SENTENCE)]
NOT_NEGATIVE = [MinValueValidator(Decimal(0))]


def rupees(label: str, **options) -> models.DecimalField:
    return models.DecimalField(label, max_digits=10, decimal_places=2, validators=NOT_NEGATIVE, **options)


class DeliveryRow(models.Model):
    """A row that the delivery rules are made of: saving or deleting it makes the shop read them again."""

    # Wagtail's index of references is for content.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        transaction.on_commit(forget_delivery_rules, robust=True)

    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        transaction.on_commit(forget_delivery_rules, robust=True)
        return deleted


class ShippingZone(DeliveryRow, ClusterableModel):
    """Some PIN codes, states or countries that are delivered to, or not, on the same terms."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    delivers = models.BooleanField(
        _("we deliver here"),
        default=True,
        help_text=_("Unticked: addresses in this zone are told that we do not deliver to them."),
    )
    states = models.JSONField(_("states"), default=list, blank=True)
    countries = models.JSONField(_("countries"), default=list, blank=True)
    takes_cash = models.BooleanField(_("cash on delivery"), default=False)
    cash_fee = rupees(
        _("fee for cash on delivery"),
        default=Decimal(0),
        help_text=_("In rupees with tax, added to the delivery charge."),
    )
    cash_cap = rupees(
        _("largest order for cash on delivery"),
        null=True,
        blank=True,
        help_text=_("In rupees, the whole total. Empty: no limit."),
    )

    class Meta:
        verbose_name = _("delivery zone")
        verbose_name_plural = _("delivery zones")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(cash_fee__gte=0), name="zone_cash_fee_not_negative"),
            models.CheckConstraint(
                condition=Q(cash_cap=None) | Q(cash_cap__gte=0), name="zone_cash_cap_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def places(self) -> str:
        """What belongs to it, in short, for lists."""
        names = [str(dict(IndianState.choices).get(code, code)) for code in self.states]
        return ", ".join([*map(str, self.pin_ranges.all()), *names, *self.countries])

    def as_rule(self) -> Zone:
        return Zone(
            id=self.pk,
            pin_ranges=tuple((row.first, row.last) for row in self.pin_ranges.all()),
            states=frozenset(self.states),
            countries=frozenset(self.countries),
            delivers=self.delivers,
            cash=CashTerms(fee=self.cash_fee, cap=self.cash_cap) if self.takes_cash else None,
        )


class PinRange(models.Model):
    """PIN codes from one to another, both included."""

    zone = ParentalKey(ShippingZone, on_delete=models.CASCADE, related_name="pin_ranges")
    first = models.PositiveIntegerField(_("from PIN code"), validators=SIX_DIGITS)
    last = models.PositiveIntegerField(_("to PIN code"), validators=SIX_DIGITS)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("PIN range")
        verbose_name_plural = _("PIN ranges")
        ordering = ["first", "last", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__gte=FIRST_PIN, last__lte=LAST_PIN), name="pin_range_has_six_digits"
            ),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="pin_range_rises"),
        ]

    def clean(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise ValidationError({"last": _("The last PIN code comes before the first one.")})

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


class ShippingMethod(DeliveryRow):
    """A way of delivery as shoppers choose it."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(
        _("identifier"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("What API clients send as “delivery”. Made of the name where it is left empty."),
    )
    days_min = models.PositiveSmallIntegerField(_("days, at least"), default=2)
    days_max = models.PositiveSmallIntegerField(_("days, at most"), default=7)
    is_active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(
        _("position"),
        default=0,
        help_text=_("Smaller numbers come first; the first one is chosen unless the shopper chooses."),
    )

    class Meta:
        verbose_name = _("delivery method")
        verbose_name_plural = _("delivery methods")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(days_min__lte=F("days_max")), name="method_days_rise")
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.days_min is not None and self.days_max is not None and self.days_min > self.days_max:
            raise ValidationError({"days_max": _("The most days are fewer than the fewest.")})

    def save(self, *args, **kwargs):
        self.slug = self.slug or slugify(self.name)
        super().save(*args, **kwargs)

    def as_rule(self) -> DeliveryMethod:
        return DeliveryMethod(slug=self.slug, name=self.name, days=(self.days_min, self.days_max))


class ShippingRate(DeliveryRow, ClusterableModel):
    """What a method costs in a zone, in rupees with tax."""

    method = models.ForeignKey(
        ShippingMethod, on_delete=models.CASCADE, related_name="rates", verbose_name=_("method")
    )
    zone = models.ForeignKey(
        ShippingZone, on_delete=models.CASCADE, related_name="rates", verbose_name=_("zone")
    )
    kind = models.CharField(_("charged"), max_length=10, choices=RateKind.choices, default=RateKind.FLAT)
    charge = rupees(
        _("charge"), default=Decimal(0), help_text=_("In rupees with tax, where it is one charge for all.")
    )
    free_from = rupees(
        _("free from"),
        null=True,
        blank=True,
        help_text=_("What the goods must come to, in rupees, after discounts. Empty: never free."),
    )

    class Meta:
        verbose_name = _("delivery charge")
        verbose_name_plural = _("delivery charges")
        ordering = ["method__position", "method_id", "zone__name"]
        constraints = [
            models.UniqueConstraint(fields=["method", "zone"], name="rate_once_per_method_and_zone"),
            models.CheckConstraint(condition=Q(charge__gte=0), name="rate_charge_not_negative"),
            models.CheckConstraint(condition=Q(kind__in=RateKind.values), name="rate_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.method}: {self.zone}"

    def as_rule(self) -> ZoneRate:
        """Its method, and its bands, are loaded."""
        rate = PricedRate(
            name=self.method.name,
            kind=self.kind,
            charge=self.charge,
            bands=tuple(Band(starts_from=row.starts_from, charge=row.charge) for row in self.bands.all()),
            free_from=self.free_from,
        )
        return ZoneRate(zone_id=self.zone_id, choice=DeliveryChoice(method=self.method.as_rule(), rate=rate))


class RateBand(models.Model):
    """From so many rupees or grams on, the delivery costs this."""

    rate = ParentalKey(ShippingRate, on_delete=models.CASCADE, related_name="bands")
    starts_from = rupees(_("from"), help_text=_("Rupees of goods, or grams; the first band starts from 0."))
    charge = rupees(_("charge"), help_text=_("In rupees with tax."))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("band")
        verbose_name_plural = _("bands")
        ordering = ["starts_from", "id"]
        constraints = [
            models.UniqueConstraint(fields=["rate", "starts_from"], name="band_starts_once_per_rate"),
            models.CheckConstraint(condition=Q(starts_from__gte=0, charge__gte=0), name="band_not_negative"),
        ]


def current_delivery_rules() -> DeliveryRules:
    """The rules in force now; without a query while they are warm."""
    rules = cache.get(RULES_KEY)
    if rules is None:
        rules = read_delivery_rules()
        cache.set(RULES_KEY, rules, RULES_SECONDS)
    return rules


def read_delivery_rules() -> DeliveryRules:
    zones = ShippingZone.objects.order_by("pk").prefetch_related("pin_ranges")
    rates = ShippingRate.objects.select_related("method").prefetch_related("bands")
    rates = list(rates.order_by("method__position", "method_id"))
    return DeliveryRules(
        zones=tuple(zone.as_rule() for zone in zones),
        rates=tuple(rate.as_rule() for rate in rates if rate.method.is_active),
        is_priced=bool(rates),
    )


def forget_delivery_rules() -> None:
    cache.delete(RULES_KEY)
