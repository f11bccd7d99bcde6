from django.db import models
from django.utils.translation import gettext_lazy as _


class StockReason(models.TextChoices):
    """Why a stock changed."""

    INITIAL = "initial", _("First stock")
    HELD = "held", _("Held for an order")
    RELEASED = "released", _("Given back by an order")
    ADJUSTED = "adjusted", _("Changed by staff")
    RETURNED = "returned", _("Returned by a customer")


class ProductEvent(models.TextChoices):
    """What clients are told about products (docs/webhooks.md)."""

    CHANGED = "product.changed", _("A product was published, changed or taken off")
    STOCK_LOW = "stock.low", _("A product began to run low")


class TaxKind(models.TextChoices):
    """Whether a supply bears GST. Zero-rated and exempt goods are sold without tax, and invoices say which."""

    TAXABLE = "taxable", _("Taxable")
    ZERO_RATED = "zero_rated", _("Zero-rated")
    EXEMPT = "exempt", _("Exempt")


class CouponKind(models.TextChoices):
    """What a coupon takes off; the words are those of `shop.pricing`."""

    PERCENT = "percent", _("So many percent off the products")
    AMOUNT = "amount", _("So many rupees off the products")
    FREE_SHIPPING = "free_shipping", _("Free delivery")


class RateKind(models.TextChoices):
    """How a delivery charge is found; the values are those of `shop.pricing.shipping`."""

    FLAT = "flat", _("One charge for all")
    BY_VALUE = "by_value", _("By the value of the goods")
    BY_WEIGHT = "by_weight", _("By weight")


class BulkField(models.TextChoices):
    """What a bulk change changes."""

    PRICE = "price", _("Price")
    STOCK = "stock", _("Stock")


class BulkState(models.TextChoices):
    """How far a bulk change is."""

    PREPARING = "preparing", _("Being prepared")
    PREPARED = "prepared", _("Not applied")
    APPLYING = "applying", _("Being applied")
    DONE = "done", _("Applied")


class LineOutcome(models.TextChoices):
    """What became of one line of a bulk change."""

    WAITING = "waiting", _("Waiting")
    APPLIED = "applied", _("Changed")
    CONFLICT = "conflict", _("Changed by somebody else meanwhile")
    REFUSED = "refused", _("Not possible")
