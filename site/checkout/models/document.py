"""What every document of the shop has, invoice or credit note: number, parties, amounts, lines."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from accounts.enums import IndianState
from accounts.gstin import STATE_CODES
from checkout.enums import DocumentKind
from checkout.models.frozen import FrozenModel
from checkout.models.order import money_field
from shop.enums import TaxKind
from shop.pricing import TaxSplit

# Union territories without a legislature levy UTGST in place of SGST (UTGST Act, section 1).
UNION_TERRITORIES = frozenset({"AN", "CH", "DH", "LA", "LD"})


def parts_add_up(name: str) -> models.CheckConstraint:
    """Rounded, because SQLite adds decimals as floats."""
    parts = F("taxable") + F("cgst") + F("sgst") + F("igst")
    return models.CheckConstraint(condition=Q(total=Round(parts, precision=2)), name=name)


class DocumentSeries(models.Model):
    """The counter of the documents with these first letters in one financial year.

    Its row is locked from taking a number until the transaction ends, so a number that is not used is
    never taken: a series has no gap.
    """

    prefix = models.CharField(_("letters"), max_length=3)
    financial_year = models.PositiveSmallIntegerField(_("begins in April of"))
    last_number = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("series of documents")
        verbose_name_plural = _("series of documents")
        constraints = [
            models.UniqueConstraint(fields=["prefix", "financial_year"], name="series_once_per_year")
        ]

    def __str__(self) -> str:
        return f"{self.prefix} {self.financial_year}"


class AmountsModel(models.Model):
    """An amount in rupees and what it consists of."""

    taxable = money_field(_("taxable value"))
    cgst = money_field(_("CGST"), default=Decimal(0))
    sgst = money_field(_("SGST"), default=Decimal(0))
    igst = money_field(_("IGST"), default=Decimal(0))
    total = money_field(_("total"))

    class Meta:
        abstract = True

    @property
    def split(self) -> TaxSplit:
        return TaxSplit(taxable=self.taxable, cgst=self.cgst, sgst=self.sgst, igst=self.igst)

    @property
    def tax(self) -> Decimal:
        return self.cgst + self.sgst + self.igst


class Document(AmountsModel, FrozenModel):
    """Handed out once and never changed. It copies whom it names, so it stays as it is whatever they become."""

    # At most 16 characters (CGST Rules, rules 46, 49 and 53).
    number = models.CharField(_("number"), max_length=16, unique=True)
    series = models.ForeignKey(DocumentSeries, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField(_("running number"))
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind.choices)
    issued_at = models.DateTimeField(_("issued"))
    issued_on = models.DateField(_("date"), help_text=_("In Indian time."))
    seller_name = models.CharField(_("seller"), max_length=150)
    seller_trade_name = models.CharField(_("trade name"), max_length=150, blank=True)
    seller_address = models.TextField(_("seller's address"), blank=True)
    seller_contact = models.CharField(_("seller's contact"), max_length=300, blank=True)
    seller_state = models.CharField(
        _("seller's state"), max_length=2, choices=IndianState.choices, blank=True
    )
    seller_gstin = models.CharField(_("seller's GSTIN"), max_length=15, blank=True)
    signatory = models.CharField(_("who signs"), max_length=100, blank=True)
    terms = models.TextField(_("terms"), blank=True)
    footer = models.CharField(_("footer"), max_length=160, blank=True)
    buyer_name = models.CharField(_("buyer"), max_length=150, blank=True)
    buyer_company = models.CharField(_("buyer's company"), max_length=150, blank=True)
    buyer_gstin = models.CharField(_("buyer's GSTIN"), max_length=15, blank=True)
    buyer_address = models.TextField(_("buyer's address"), blank=True)
    place_of_supply = models.CharField(
        _("place of supply"), max_length=2, choices=IndianState.choices, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number

    @property
    def seller_pan(self) -> str:
        return self.seller_gstin[2:12]

    @property
    def claims_tax(self) -> bool:
        """Only a registered seller may name tax (CGST Act, section 32)."""
        return bool(self.seller_gstin)

    @property
    def names_tax(self) -> bool:
        """Whether taxes stand in it; a bill of supply is about goods that bear none."""
        return self.claims_tax and self.kind != DocumentKind.BILL_OF_SUPPLY

    @property
    def is_within_state(self) -> bool:
        return self.place_of_supply == self.seller_state

    @property
    def state_tax_label(self) -> str:
        return "UTGST" if self.seller_state in UNION_TERRITORIES else "SGST"

    @property
    def place_label(self) -> str:
        """The state's code and name, as rule 46 asks for."""
        if not self.place_of_supply:
            return ""
        return f"{STATE_CODES[self.place_of_supply]}-{self.get_place_of_supply_display()}"


class DocumentLine(AmountsModel, FrozenModel):
    """A line of a document. `quantity` 0 stands for a part of the price, whatever was the quantity."""

    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=255)
    sku = models.CharField(_("SKU"), max_length=64, blank=True)
    hsn_code = models.CharField(_("HSN code"), max_length=8, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    tax_kind = models.CharField(_("kind of tax"), max_length=10, choices=TaxKind.choices)
    tax_rate = models.DecimalField(_("tax rate in percent"), max_digits=5, decimal_places=2)

    class Meta:
        abstract = True
        ordering = ["position"]
