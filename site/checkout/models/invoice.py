from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from checkout.models.document import Document, DocumentLine, parts_add_up
from checkout.models.frozen import FrozenModel
from checkout.models.order import money_field


class Invoice(Document):
    """What an order sold, made once: when it is paid, or when it is sent unpaid."""

    order = models.OneToOneField("checkout.Order", on_delete=models.PROTECT, related_name="invoice")

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["series", "sequence"], name="invoice_number_once"),
            parts_add_up("invoice_parts_add_up"),
        ]


class InvoiceLine(DocumentLine):
    """`unit_price` is with tax, as the shopper was told; `total` = quantity × it − `discount`."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    # Empty for the delivery.
    item = models.OneToOneField(
        "checkout.OrderItem", on_delete=models.PROTECT, null=True, related_name="invoice_line"
    )
    unit_price = money_field(_("unit price with tax"))
    discount = money_field(_("discount"), default=Decimal(0))

    class Meta(DocumentLine.Meta):
        abstract = False
        verbose_name = _("invoice line")
        verbose_name_plural = _("invoice lines")
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="invoice_line_position_once"),
            parts_add_up("invoice_line_parts_add_up"),
            models.CheckConstraint(
                condition=Q(total=Round(F("unit_price") * F("quantity") - F("discount"), precision=2)),
                name="invoice_line_price_adds_up",
            ),
        ]


class CreditNote(Document):
    """What a refund took back of an invoice; without a refund, goods that came back before they were paid."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="credit_notes")
    refund = models.OneToOneField(
        "checkout.Refund", on_delete=models.PROTECT, null=True, blank=True, related_name="credit_note"
    )
    reason = models.CharField(_("reason"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("credit note")
        verbose_name_plural = _("credit notes")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["series", "sequence"], name="credit_note_number_once"),
            parts_add_up("credit_note_parts_add_up"),
        ]

    @property
    def names_tax(self) -> bool:
        """It names what its invoice named."""
        return self.invoice.names_tax


class CreditNoteLine(DocumentLine):
    """The share of an invoice's line."""

    credit_note = models.ForeignKey(CreditNote, on_delete=models.PROTECT, related_name="lines")
    invoice_line = models.ForeignKey(InvoiceLine, on_delete=models.PROTECT, related_name="credits")

    class Meta(DocumentLine.Meta):
        abstract = False
        verbose_name = _("credit note line")
        verbose_name_plural = _("credit note lines")
        constraints = [
            models.UniqueConstraint(fields=["credit_note", "invoice_line"], name="line_once_per_credit_note"),
            parts_add_up("credit_note_line_parts_add_up"),
        ]


class StoredFile(FrozenModel):
    """The one printed form of a document: the file's name in the private store, and what it must contain."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    stored_at = models.DateTimeField(_("stored"))

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
