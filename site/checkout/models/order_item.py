from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from checkout.models.order import Order, money_field
from shop.enums import TaxKind


class OrderItem(models.Model):
    """A line of an order: what it was called and cost when the order was placed.

    Prices are for one unit: `list_price` before any sale, `unit_price` after it, both before tax, which is
    `list_tax` and `unit_tax`. `total` is for all
    units with tax; what the customer pays is `payable`, and `taxable` + `cgst` + `sgst` + `igst` make it up.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="items")
    product = models.ForeignKey("shop.Product", on_delete=models.PROTECT, related_name="order_items")
    title = models.CharField(_("title"), max_length=255)
    sku = models.CharField(_("SKU"), max_length=64)
    hsn_code = models.CharField(_("HSN code"), max_length=8, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    list_price = money_field(_("unit price before sale and tax"), default=Decimal(0))
    list_tax = money_field(_("tax on one before sale"), default=Decimal(0))
    sale_name = models.CharField(_("sale"), max_length=120, blank=True)
    unit_price = money_field(_("unit price before tax"))
    tax_rate = models.DecimalField(_("tax rate in percent"), max_digits=5, decimal_places=2)
    tax_kind = models.CharField(
        _("kind of tax"), max_length=10, choices=TaxKind.choices, default=TaxKind.TAXABLE
    )
    unit_tax = money_field(_("tax on one"))
    total = money_field(_("total with tax"))
    tier_discount = money_field(_("discount of the tier"), default=Decimal(0))
    coupon_discount = money_field(_("discount of the coupon"), default=Decimal(0))
    taxable = money_field(_("taxable value"), default=Decimal(0))
    cgst = money_field(_("CGST"), default=Decimal(0))
    sgst = money_field(_("SGST"), default=Decimal(0))
    igst = money_field(_("IGST"), default=Decimal(0))

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("order item")
        verbose_name_plural = _("order items")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "product"], name="product_once_per_order"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="order_item_quantity_positive"),
            models.CheckConstraint(
                condition=Q(total=Round((F("unit_price") + F("unit_tax")) * F("quantity"), precision=2)),
                name="order_item_total_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    total=Round(
                        F("tier_discount")
                        + F("coupon_discount")
                        + F("taxable")
                        + F("cgst")
                        + F("sgst")
                        + F("igst"),
                        precision=2,
                    )
                ),
                name="order_item_parts_add_up",
            ),
            models.CheckConstraint(condition=Q(taxable__gte=0), name="order_item_taxable_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

    @property
    def payable(self) -> Decimal:
        """What the customer pays for the line, after all discounts."""
        return self.total - self.tier_discount - self.coupon_discount

    @property
    def unit_price_with_tax(self) -> Decimal:
        return self.unit_price + self.unit_tax

    @property
    def old_price(self) -> Decimal | None:
        """The price of one with tax without the sale, or None outside one."""
        list_price = self.list_price + self.list_tax
        return list_price if self.sale_name and self.unit_price_with_tax < list_price else None
