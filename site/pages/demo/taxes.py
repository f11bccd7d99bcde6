"""Who sells in the demo shop, and the tax classes that its editors may choose from."""

from decimal import Decimal
from typing import TYPE_CHECKING

from database.transactions import entry_service
from shop.enums import TaxKind
from shop.models import SellerSettings, TaxClass

if TYPE_CHECKING:
    from pages.demo.seeding import Plan

# Nobody's: the PAN in the GSTIN is made up, only its check character is right.
SELLER = {
    "legal_name": "Haat Demonstration Stores Private Limited",
    "trade_name": "Haat",
    "line1": "1 Example Bazaar",
    "line2": "Shivajinagar",
    "city": "Bengaluru",
    "postal_code": "560001",
    "state": "KA",
    "email": "accounts@example.com",
    "phone": "+91 80 0000 0000",
    "gstin": "29AAACH7409R1ZX",
    "signatory": "Accounts, demo shop",
    "terms": "This is the invoice of a demo shop: nothing was sold, and no tax is owed or credited.",
    "footer": "Haat, a demo shop",
}
# No product of the demo names one: all are sold at the shop's own rate, so that prices stay as they are known.
TAX_CLASSES = (
    ("GST 5 %", TaxKind.TAXABLE, "5.00", ""),
    ("GST 12 %", TaxKind.TAXABLE, "12.00", ""),
    ("GST 18 %", TaxKind.TAXABLE, "18.00", ""),
    ("Printed books", TaxKind.EXEMPT, "0.00", "4901"),
    ("For export", TaxKind.ZERO_RATED, "0.00", ""),
)


@entry_service
def seed_taxes(plan: "Plan") -> None:
    """Before the orders of the past: their invoices name the seller."""
    seller = SellerSettings.objects.first() or SellerSettings()
    for name, value in SELLER.items():
        setattr(seller, name, value)
    seller.full_clean()
    seller.save()
    for name, kind, rate, hsn_code in TAX_CLASSES:
        wanted = {"kind": kind, "rate": Decimal(rate), "hsn_code": hsn_code}
        TaxClass.objects.get_or_create(name=name, defaults=wanted)
