"""Invoices: one for each order that is paid or sent, numbered without a gap, from what the order stored.

Which document it is follows from the CGST Act and Rules:

- A seller without a GSTIN is not registered and may claim no tax (section 32): a plain invoice.
- A registered one issues a tax invoice (section 31 (1), rule 46);
- for nothing but exempt goods a bill of supply (section 31 (3) (c), rule 49);
- for both at once, to a buyer who is not registered, an invoice-cum-bill of supply (rule 46A).
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from checkout.enums import INVOICED_STATUSES, DocumentKind
from checkout.models import Invoice, InvoiceLine, Order, OrderItem
from checkout.services.document_rows import buyer_columns, number_columns, seller_columns
from database.sweeps import SWEEP_SIZE, sweep
from database.transactions import entry_service
from shop.enums import TaxKind
from shop.models import SellerSettings
from shop.pricing import ZERO, TaxSplit


def issue_invoice(*, order: Order, at: datetime) -> Invoice:
    """The order's invoice, made where there is none. Inner service: the caller holds the order's lock."""
    made = Invoice.objects.filter(order=order).first()
    if made is not None:
        return made
    seller, items = SellerSettings.load(), list(order.items.all())
    lines = [copy_item(item, claims_tax=bool(seller.gstin)) for item in items]
    if order.shipping:
        lines.append(describe_delivery(order, items, claims_tax=bool(seller.gstin)))
    invoice = Invoice.objects.create(
        order=order,
        kind=choose_kind(seller=seller, lines=lines, buyer_gstin=order.gstin),
        **number_columns(prefix=seller.invoice_prefix, at=at),
        **seller_columns(seller),
        **buyer_columns(order, seller=seller),
        **add_up(lines),
    )
    for position, line in enumerate(lines, start=1):
        line.invoice, line.position = invoice, position
    InvoiceLine.objects.bulk_create(lines)
    return invoice


def choose_kind(*, seller: SellerSettings, lines: Sequence[InvoiceLine], buyer_gstin: str) -> DocumentKind:
    """A zero-rated supply is a taxable one, at the rate 0: it stands in a tax invoice."""
    if not seller.gstin:
        return DocumentKind.INVOICE
    is_exempt = [line.tax_kind == TaxKind.EXEMPT for line in lines]
    if all(is_exempt):
        return DocumentKind.BILL_OF_SUPPLY
    if any(is_exempt) and not buyer_gstin:
        return DocumentKind.INVOICE_CUM_BILL
    return DocumentKind.TAX_INVOICE


def copy_item(item: OrderItem, *, claims_tax: bool) -> InvoiceLine:
    split = TaxSplit(taxable=item.taxable, cgst=item.cgst, sgst=item.sgst, igst=item.igst)
    return InvoiceLine(
        item=item,
        title=item.title,
        sku=item.sku,
        hsn_code=item.hsn_code,
        quantity=item.quantity,
        unit_price=item.unit_price_with_tax,
        discount=item.tier_discount + item.coupon_discount,
        **tax_columns(split, kind=item.tax_kind, rate=item.tax_rate, claims_tax=claims_tax),
    )


def describe_delivery(order: Order, items: Sequence[OrderItem], *, claims_tax: bool) -> InvoiceLine:
    """Delivery is part of the supply of the goods (section 8): it follows the one with the highest rate."""
    principal = max(items, key=lambda item: item.tax_rate)
    taxes = order.shipping_cgst + order.shipping_sgst + order.shipping_igst
    split = TaxSplit(
        taxable=order.shipping - taxes,
        cgst=order.shipping_cgst,
        sgst=order.shipping_sgst,
        igst=order.shipping_igst,
    )
    return InvoiceLine(
        title=name_delivery(order),
        hsn_code=principal.hsn_code,
        quantity=1,
        unit_price=order.shipping,
        **tax_columns(split, kind=principal.tax_kind, rate=order.shipping_tax_rate, claims_tax=claims_tax),
    )


def name_delivery(order: Order) -> str:
    """What the delivery is called; the charge for the way of paying is part of it."""
    name = _("Delivery")
    if order.shipping_method:
        name = _("Delivery: %(method)s") % {"method": order.shipping_method}
    if order.surcharge:
        name = _("%(name)s, with the charge for cash on delivery") % {"name": name}
    return name


def tax_columns(split: TaxSplit, *, kind: str, rate: Decimal, claims_tax: bool) -> dict:
    """The amounts of a line. Where no tax may be claimed, all of it is the value."""
    if not claims_tax:
        split, rate = TaxSplit(taxable=split.total), ZERO
    return {
        "tax_kind": kind,
        "tax_rate": rate,
        "taxable": split.taxable,
        "cgst": split.cgst,
        "sgst": split.sgst,
        "igst": split.igst,
        "total": split.total,
    }


def add_up(lines: Sequence) -> dict[str, Decimal]:
    """The sums of a document's lines."""
    names = ("taxable", "cgst", "sgst", "igst", "total")
    return {name: sum((getattr(line, name) for line in lines), ZERO) for name in names}


def issue_missing_invoices() -> int:
    """Invoice the orders that should have one and have none: those from before there were invoices."""
    missing = Order.objects.filter(status__in=INVOICED_STATUSES, invoice=None).order_by("paid_at", "pk")
    return sweep(invoice_order, missing.values_list("pk", flat=True)[:SWEEP_SIZE])


@entry_service
def invoice_order(order_id: int) -> bool:
    order = Order.objects.select_for_update().get(pk=order_id)
    issue_invoice(order=order, at=timezone.now())
    return True
