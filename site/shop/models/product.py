from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.enums import TaxKind
from shop.querysets import ProductQuerySet
from shop.validators import validate_hsn_code


class Product(models.Model):
    """What is sold.

    Price and stock are facts: services change them at once, and no draft or revision ever holds them.
    Title, slug and description belong to the page and are copied here when it is published.
    """

    sku = models.CharField(_("SKU"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=255)
    description = models.TextField(_("description"), blank=True, default="")
    unit_price = models.DecimalField(
        _("unit price"),
        max_digits=12,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(1)],
        help_text=_(
            "In rupees, as typed: the tax settings say whether it includes tax. 0 means not priced yet."
        ),
    )
    inventory = models.PositiveIntegerField(_("stock"), default=0)
    low_stock_threshold = models.PositiveIntegerField(_("low stock from"), default=5)
    weight_grams = models.PositiveIntegerField(
        _("weight in grams"), default=0, help_text=_("With its packing. 0 means not known.")
    )
    collection = models.ForeignKey(
        "shop.Collection", on_delete=models.PROTECT, related_name="products", verbose_name=_("collection")
    )
    variant_of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="variants"
    )
    choice = models.CharField(
        _("choice"),
        max_length=160,
        blank=True,
        default="",
        editable=False,
        help_text=_("What tells it from the others on its page, for example: Red, M."),
    )
    tags = models.ManyToManyField("shop.Tag", blank=True, related_name="products", verbose_name=_("tags"))
    tax_class = models.ForeignKey("shop.TaxClass", on_delete=models.PROTECT, null=True, blank=True)
    hsn_code = models.CharField(
        _("HSN code"), max_length=8, blank=True, default="", validators=[validate_hsn_code]
    )
    is_live = models.BooleanField(_("on sale"), default=False, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    last_update = models.DateTimeField(_("last update"), auto_now=True)

    objects = ProductQuerySet.as_manager()

    # Wagtail's index of references is for content: these rows change too often for it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["title", "id"]
        permissions = [
            ("change_product_facts", _("Can change prices and stock of products")),
            ("import_product", _("Can import products from files")),
        ]
        indexes = [
            models.Index(fields=["is_live", "title", "id"], name="product_live_title"),
            models.Index(fields=["collection", "is_live", "title", "id"], name="product_collection_title"),
            models.Index(fields=["is_live", "unit_price", "id"], name="product_live_price"),
            models.Index(fields=["is_live", "last_update", "id"], name="product_live_update"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(inventory__gte=0), name="product_inventory_not_negative"),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="product_price_not_negative"),
            models.CheckConstraint(
                condition=Q(is_live=False) | Q(unit_price__gte=1), name="product_on_sale_has_price"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.sku})"

    @property
    def full_title(self) -> str:
        """What carts, orders and mails call it. A variant's title says its choice already, a lead's does not."""
        if self.variant_of_id or not self.choice:
            return self.title
        return f"{self.title}, {self.choice}"[:255]

    @property
    def lead_id(self) -> int:
        """The id of the product whose page shows this one."""
        return self.variant_of_id or self.pk

    @property
    def tax_kind(self) -> TaxKind:
        """The kind of its tax class; without one it bears the shop's own rate."""
        return TaxKind(self.tax_class.kind) if self.tax_class else TaxKind.TAXABLE

    @property
    def hsn_code_in_force(self) -> str:
        """Its own HSN code, else that of its tax class."""
        return self.hsn_code or (self.tax_class.hsn_code if self.tax_class else "")

    @property
    def only_left(self) -> int | None:
        """How many are left where that is worth saying, else None."""
        return self.inventory if 0 < self.inventory <= self.low_stock_threshold else None
