"""Coupons: codes that take something off an order, one by one or in batches."""

import secrets
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Membership
from shop.enums import CouponKind
from shop.pricing import CouponRule, Targets
from shop.querysets import CouponQuerySet

LONGEST_CODE = 40
# Without I, O, 0 and 1, which people mistake for one another: 32 signs, so five bits each.
CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_GROUPS, GROUP_LENGTH = 3, 4  # 60 bits: nobody guesses one

SCOPE_NAMES = 3  # as many as a list shows

# Kept by services that count, never by a form that was opened before somebody used the coupon.
COUNTERS = frozenset({"used", "overdrawn"})


def normalise_code(typed: str) -> str:
    """A code as it is stored: upper case, without the blanks that come with copying."""
    return "".join(typed.split()).upper()


def generate_code(prefix: str = "") -> str:
    """A code of 60 random bits, for example DIWALI-K7QM-2XHT-9RPA."""
    groups = ["".join(secrets.choice(CODE_SIGNS) for _ in range(GROUP_LENGTH)) for _ in range(CODE_GROUPS)]
    return "-".join([normalise_code(prefix), *groups] if prefix else groups)


class CouponBatch(models.Model):
    """Codes that were made together under one rule, for example for a mailing."""

    name = models.CharField(_("name"), max_length=120)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    # Wagtail's index of references is for content: these rows are none.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("batch of coupons")
        verbose_name_plural = _("batches of coupons")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class Coupon(models.Model):
    """A code and what it does. `used` counts the orders that have it now; who they are, the checkout knows.

    A late payment revives an order at the price that was agreed: where the coupon is used up by then, the use
    counts all the same and `overdrawn` says by how many the limit was passed.
    """

    code = models.CharField(
        _("code"),
        max_length=LONGEST_CODE,
        unique=True,
        validators=[RegexValidator(r"\A[A-Za-z0-9_-]+\Z", _("Use letters, digits, - and _ only."))],
        help_text=_("What shoppers type. Small and capital letters are the same."),
    )
    note = models.CharField(
        _("note"), max_length=120, blank=True, help_text=_("What it is for. Only staff see it.")
    )
    kind = models.CharField(
        _("what it does"), max_length=20, choices=CouponKind.choices, default=CouponKind.PERCENT
    )
    value = models.DecimalField(
        _("how much"),
        max_digits=12,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("Percent, or rupees with tax. Leave 0 for free delivery."),
    )
    minimum = models.DecimalField(
        _("minimum order"),
        max_digits=12,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
        help_text=_(
            "What the products must come to, in rupees with tax, after sales and the member discount. "
            "0 means any order."
        ),
    )
    products = models.ManyToManyField(
        "shop.Product",
        blank=True,
        related_name="+",
        verbose_name=_("products"),
        help_text=_("Only these, with all their sizes and colours. None chosen: every product."),
    )
    collections = models.ManyToManyField(
        "shop.Collection",
        blank=True,
        related_name="+",
        verbose_name=_("collections"),
        help_text=_("Only products of these collections, and the products chosen above."),
    )
    # Chosen when the coupon is made: one whose last product or collection was deleted since is about nothing.
    covers_everything = models.BooleanField(default=True, editable=False)
    first_order_only = models.BooleanField(
        _("first order only"), default=False, help_text=_("For people who have not ordered here before.")
    )
    membership = models.CharField(
        _("only for members"), max_length=1, choices=Membership.choices, blank=True, default=""
    )
    uses_limit = models.PositiveIntegerField(
        _("uses in all"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many orders may have it. Empty: as many as there are."),
    )
    uses_per_customer = models.PositiveIntegerField(
        _("uses per customer"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("A guest is known by the email address. Empty: no limit."),
    )
    used = models.PositiveIntegerField(_("used"), default=0, editable=False)
    overdrawn = models.PositiveIntegerField(_("used beyond the limit"), default=0, editable=False)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True, help_text=_("Empty: at once."))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True, help_text=_("Empty: never."))
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Switched off, nobody can use it any more.")
    )
    batch = models.ForeignKey(
        CouponBatch, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="coupons"
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects = CouponQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows are none.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("coupon")
        verbose_name_plural = _("coupons")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(code=Upper("code")), name="coupon_code_is_upper"),
            models.CheckConstraint(condition=Q(kind__in=CouponKind.values), name="coupon_kind_is_known"),
            models.CheckConstraint(condition=Q(value__gte=0), name="coupon_value_not_negative"),
            models.CheckConstraint(
                condition=~Q(kind=CouponKind.PERCENT) | Q(value__lte=100), name="coupon_percent_in_hundred"
            ),
            models.CheckConstraint(condition=Q(minimum__gte=0), name="coupon_minimum_not_negative"),
            models.CheckConstraint(
                condition=Q(uses_limit=None) | Q(used__lte=F("uses_limit") + F("overdrawn")),
                name="coupon_used_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="coupon_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args, update_fields=None, **kwargs) -> None:
        """Write all but the counters, which another process may have moved since the row was read."""
        self.code = normalise_code(self.code)
        if update_fields is None and not self._state.adding:
            names = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            update_fields = names - COUNTERS
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def offer(self) -> str:
        """What it does, in few words."""
        if self.kind == CouponKind.FREE_SHIPPING:
            return gettext("Free delivery")
        unit = gettext("%(value)s %% off") if self.kind == CouponKind.PERCENT else gettext("₹%(value)s off")
        return unit % {"value": f"{self.value.normalize():f}"}

    @property
    def scope(self) -> str:
        """What it is about, in few words. Products and collections are prefetched."""
        if self.covers_everything:
            return gettext("Everything")
        names = [product.sku for product in self.products.all()]
        names += [collection.title for collection in self.collections.all()]
        if not names:
            return gettext("Nothing: what it was about is gone")
        more = len(names) - SCOPE_NAMES
        shown = ", ".join(names[:SCOPE_NAMES])
        if more <= 0:
            return shown
        return gettext("%(names)s and %(count)s more") % {"names": shown, "count": more}

    @property
    def is_used_up(self) -> bool:
        return self.uses_limit is not None and self.used >= self.uses_limit

    def describe_rule(self) -> CouponRule:
        """The rule as pricing takes it. Products and collections are prefetched."""
        return CouponRule(
            id=self.pk,
            code=self.code,
            kind=self.kind,
            value=self.value,
            targets=Targets(
                product_ids=frozenset(product.pk for product in self.products.all()),
                collection_ids=frozenset(collection.pk for collection in self.collections.all()),
                none_means_all=self.covers_everything,
            ),
            minimum=self.minimum,
        )
