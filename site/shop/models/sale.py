import secrets
from datetime import datetime
from decimal import Decimal

from django.contrib.contenttypes.fields import GenericRelation
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from shop.pricing import sales
from shop.querysets import SaleQuerySet


class SaleKind(models.TextChoices):
    """What the value means; pricing knows the kinds by the same words."""

    PERCENT = sales.PERCENT, _("Percent off")
    AMOUNT = sales.AMOUNT, _("Rupees off")
    FIXED = sales.FIXED, _("Fixed price in rupees")


class Sale(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """For a time, less for some products. A published sale is in force within its window, a draft never.

    The window decides prices to the microsecond. Publishing may happen long before, by hand or scheduled.
    """

    # In the cache, for all processes: what is in force, and a token that each change replaces.
    RULES_KEY, NEWS_KEY = "shop.sales", "shop.sales.news"

    name = models.CharField(_("name"), max_length=120, help_text=_("Shoppers read it in cart and order."))
    kind = models.CharField(_("kind"), max_length=10, choices=SaleKind.choices, default=SaleKind.PERCENT)
    value = models.DecimalField(
        _("value"),
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"), _("Enter a value above zero."))],
        help_text=_("So many percent or rupees off the typed price, or the price itself. ₹1 is the lowest."),
    )
    covers_everything = models.BooleanField(
        _("everything in the shop"),
        default=False,
        help_text=_("Instead of choosing products, collections or tags."),
    )
    collections = ParentalManyToManyField(
        "shop.Collection", blank=True, related_name="+", verbose_name=_("collections")
    )
    tags = ParentalManyToManyField("shop.Tag", blank=True, related_name="+", verbose_name=_("tags"))
    starts_at = models.DateTimeField(
        _("starts"), null=True, blank=True, help_text=_("Empty: as soon as it is published.")
    )
    ends_at = models.DateTimeField(
        _("ends"), null=True, blank=True, help_text=_("The first moment after it. Empty: until unpublished.")
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="sale",
        for_concrete_model=False,
    )
    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="sale",
        for_concrete_model=False,
    )

    objects = SaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("sale")
        verbose_name_plural = _("sales")
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SaleKind.values), name="sale_kind_is_known"),
            models.CheckConstraint(condition=Q(value__gt=0), name="sale_value_positive"),
            models.CheckConstraint(
                condition=~Q(kind=SaleKind.PERCENT) | Q(value__lte=100), name="sale_percent_at_most_100"
            ),
            models.CheckConstraint(
                condition=~Q(kind=SaleKind.FIXED) | Q(value__gte=1), name="sale_fixed_price_at_least_one"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="sale_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Say beside each field what the constraints above would refuse."""
        problems = {}
        if self.kind == SaleKind.PERCENT and self.value is not None and self.value > 100:
            problems["value"] = _("A sale takes off 100 percent at most.")
        if self.kind == SaleKind.FIXED and self.value is not None and self.value < 1:
            problems["value"] = _("A fixed price is ₹1 at least.")
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            problems["ends_at"] = _("The end lies after the start.")
        if problems:
            raise ValidationError(problems)

    def save(self, *args, **kwargs) -> None:
        """Write the row and what it names together; the rules in force are read anew after the commit."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            transaction.on_commit(self.forget_rules, robust=True)

    @classmethod
    def forget_rules(cls) -> None:
        """Let every process read the rules in force anew."""
        cache.set(cls.NEWS_KEY, secrets.token_hex(8), None)

    @property
    def last_moment(self) -> datetime | None:
        """From when on it is over: its own end, or Wagtail's expiry where that comes first."""
        return min((moment for moment in (self.ends_at, self.expire_at) if moment), default=None)

    @property
    def offer(self) -> str:
        """In a few words, for lists in the admin."""
        value = f"{self.value.normalize():f}"
        words = {
            SaleKind.PERCENT: _("%(value)s %% off"),
            SaleKind.AMOUNT: _("₹%(value)s off"),
            SaleKind.FIXED: _("₹%(value)s each"),
        }
        return words[SaleKind(self.kind)] % {"value": value}

    def get_preview_template(self, request, mode_name) -> str:
        return "shop/sale_preview.html"


class SaleProduct(models.Model):
    """A product that a sale names. A lead means its variants too."""

    sale = ParentalKey(Sale, on_delete=models.CASCADE, related_name="chosen")
    product = models.ForeignKey(
        "shop.Product", on_delete=models.CASCADE, related_name="+", verbose_name=_("product")
    )

    class Meta:
        verbose_name = _("product in a sale")
        verbose_name_plural = _("products in sales")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.product)
