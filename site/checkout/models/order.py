from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Round
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import IndianState
from checkout.enums import (
    PAID_STATUSES,
    OrderPaymentMethod,
    OrderPaymentStatus,
    OrderStatus,
    find_next_statuses,
)
from checkout.querysets import OrderQuerySet


def money_field(label: str, **options) -> models.DecimalField:
    """Rupees with two places."""
    return models.DecimalField(label, max_digits=12, decimal_places=2, **options)


class Order(models.Model):
    """A cart that became an order. It copies all it shows, so nothing changes when the catalogue does.

    The row is never deleted. `total` = `subtotal` + `shipping` − `discount`, in rupees. `tax` is contained in
    it, `surcharge` in the shipping; `discount` = `tier_discount` + `coupon_discount`.
    """

    # The cart itself is gone; its id stays, unique, so that one cart makes one order.
    cart_id = models.UUIDField(_("cart"), unique=True, editable=False)
    customer = models.ForeignKey(
        "accounts.Customer", on_delete=models.PROTECT, null=True, blank=True, related_name="orders"
    )
    guest_key = models.CharField(max_length=32, unique=True, null=True, editable=False)
    # The request that made the row, where it sent an Idempotency-Key: asked again, it finds its effect.
    idempotency_key = models.CharField(max_length=64, unique=True, null=True, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=OrderStatus.choices, default=OrderStatus.PLACED
    )
    email = models.EmailField(_("email"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    line1 = models.CharField(_("address"), max_length=200, blank=True)
    line2 = models.CharField(_("area, landmark"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=2, choices=IndianState.choices, blank=True)
    postal_code = models.CharField(_("PIN code"), max_length=10, blank=True)
    country = models.CharField(_("country"), max_length=2, default="IN")
    company = models.CharField(_("company"), max_length=150, blank=True)
    gstin = models.CharField(
        _("GSTIN"), max_length=15, blank=True, help_text=_("Of a buyer who wants an invoice for a business.")
    )
    note = models.TextField(_("note"), blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="INR")
    subtotal = money_field(_("subtotal"))
    shipping = money_field(_("shipping"), default=Decimal(0))
    discount = money_field(_("discount"), default=Decimal(0))
    tier_discount = money_field(_("discount of the tier"), default=Decimal(0))
    coupon_discount = money_field(_("discount of the coupon"), default=Decimal(0))
    coupon_code = models.CharField(_("coupon"), max_length=40, blank=True)
    shipping_method = models.CharField(_("delivery"), max_length=100, blank=True)
    deliver_by = models.DateField(_("to arrive by"), null=True, blank=True)
    payment_method = models.CharField(
        _("way of paying"),
        max_length=10,
        choices=OrderPaymentMethod.choices,
        default=OrderPaymentMethod.ONLINE,
    )
    surcharge = money_field(_("charge for the way of paying"), default=Decimal(0))
    shipping_tax_rate = models.DecimalField(
        _("tax rate of the shipping in percent"), max_digits=5, decimal_places=2, default=Decimal(0)
    )
    shipping_cgst = money_field(_("CGST in the shipping"), default=Decimal(0))
    shipping_sgst = money_field(_("SGST in the shipping"), default=Decimal(0))
    shipping_igst = money_field(_("IGST in the shipping"), default=Decimal(0))
    place_of_supply = models.CharField(
        _("place of supply"),
        max_length=2,
        choices=IndianState.choices,
        blank=True,
        help_text=_("Empty where the goods are handed over at the seller's place."),
    )
    tax = money_field(_("tax contained"))
    total = money_field(_("total"))
    placed_at = models.DateTimeField(_("placed"), default=timezone.now)
    # Cash on delivery is paid at the door: no payment is waited for. It ends where nobody sends it.
    expires_at = models.DateTimeField(_("held until"), null=True, blank=True)
    # When the sweep last tried to end it: of the overdue ones, those it kept come after the others.
    expiry_tried_at = models.DateTimeField(null=True, editable=False)
    hold_extended_at = models.DateTimeField(_("hold extended"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-placed_at", "-id"]
        permissions = [("view_history", _("Can view a customer's orders"))]
        indexes = [
            models.Index(fields=["status", "expires_at"], name="order_status_expiry"),
            models.Index(fields=["customer", "-placed_at"], name="order_customer_placed"),
            models.Index(fields=["email", "status"], name="order_email_status"),
            models.Index(fields=["-placed_at", "-id"], name="order_placed"),
            models.Index(fields=["paid_at"], name="order_paid"),
        ]
        constraints = [
            models.CheckConstraint(
                # Rounded, because SQLite adds decimals as floats.
                condition=Q(total=Round(F("subtotal") + F("shipping") - F("discount"), precision=2)),
                name="order_total_adds_up",
            ),
            models.CheckConstraint(condition=Q(total__gte=0), name="order_total_not_negative"),
            models.CheckConstraint(
                condition=Q(discount=Round(F("tier_discount") + F("coupon_discount"), precision=2)),
                name="order_discount_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(surcharge__lte=F("shipping")), name="order_surcharge_is_shipping"
            ),
            models.CheckConstraint(condition=Q(status__in=OrderStatus.values), name="order_status_is_known"),
            models.CheckConstraint(
                condition=Q(payment_method=OrderPaymentMethod.ONLINE, expires_at__isnull=False)
                | Q(payment_method=OrderPaymentMethod.CASH, expires_at__isnull=True),
                name="order_paid_online_ends_by_time",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def number(self) -> str:
        return str(self.pk)

    @property
    def is_cash(self) -> bool:
        """Cash on delivery."""
        return self.payment_method == OrderPaymentMethod.CASH

    @property
    def is_paid(self) -> bool:
        """Cash on delivery is sent unpaid: there the recorded cash tells, else the status."""
        return self.paid_at is not None if self.is_cash else self.status in PAID_STATUSES

    @property
    def is_free(self) -> bool:
        """It comes to nothing: paid as it is placed, and without a payment."""
        return not self.total

    @property
    def next_statuses(self) -> frozenset[str]:
        """What it may become from here."""
        return find_next_statuses(self.status, payment_method=self.payment_method, is_free=self.is_free)

    @property
    def can_be_sent(self) -> bool:
        """Paid and not refunded whole, or to be paid at the door."""
        return OrderStatus.FULFILLED in self.next_statuses and not self.is_refunded

    @property
    def can_be_cancelled(self) -> bool:
        """Not sent yet, and without money that would have to go back."""
        return OrderStatus.CANCELLED in self.next_statuses and self.status != OrderStatus.FULFILLED

    @property
    def is_refunded(self) -> bool:
        """Whether all of the payment that paid it went back, or is on its way; a failed refund did not."""
        if not self.is_paid:
            return False
        payment = self.payments.applied().first()
        back = payment and payment.refunds.standing().aggregate(total=Sum("amount"))["total"]
        return bool(back) and back >= payment.amount

    @property
    def parcels(self):
        """What has left, with what was in each."""
        return self.shipments.select_related("by").prefetch_related("lines__item")

    @property
    def is_ended(self) -> bool:
        """Expired or cancelled: nothing is sent."""
        return self.status in (OrderStatus.EXPIRED, OrderStatus.CANCELLED)

    @property
    def status_label(self) -> str:
        """The status in words; an order to be paid in cash waits for nothing but its parcel."""
        if self.is_cash and self.status == OrderStatus.PLACED:
            return str(_("Placed, cash on delivery"))
        return self.get_status_display()

    @property
    def payment_status(self) -> OrderPaymentStatus:
        if self.is_paid:
            return OrderPaymentStatus.COMPLETE
        return OrderPaymentStatus.FAILED if self.is_ended else OrderPaymentStatus.PENDING

    @property
    def address_lines(self) -> list[str]:
        """The address as it is printed, without empty lines."""
        city = f"{self.city} {self.postal_code}".strip()
        return [line for line in (self.line1, self.line2, city, self.get_state_display()) if line]


class OrderTransition(models.Model):
    """The audit row of one change of status. `from_status` is empty for the placing itself."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="transitions")
    from_status = models.CharField(_("from"), max_length=10, choices=OrderStatus.choices, blank=True)
    to_status = models.CharField(_("to"), max_length=10, choices=OrderStatus.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    why = models.CharField(_("why"), max_length=255)
    at = models.DateTimeField(_("at"), default=timezone.now)

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("order transition")
        verbose_name_plural = _("order transitions")
        ordering = ["id"]
