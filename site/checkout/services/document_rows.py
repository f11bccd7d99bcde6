"""What every document copies: the seller of today, and the buyer of the order."""

from datetime import datetime
from typing import Any

from checkout.enums import DocumentKind
from checkout.models import Invoice, Order
from checkout.numbers import find_day, format_number
from checkout.services.numbering import take_number
from shop.models import SellerSettings


def number_columns(*, prefix: str, at: datetime) -> dict[str, Any]:
    """The next number of a series, and the day. Inner service: see `take_number`."""
    series, sequence = take_number(prefix=prefix, at=at)
    number = format_number(prefix=prefix, financial_year=series.financial_year, sequence=sequence)
    return {
        "series": series,
        "sequence": sequence,
        "number": number,
        "issued_at": at,
        "issued_on": find_day(at),
    }


def seller_columns(seller: SellerSettings) -> dict[str, Any]:
    place = " ".join(part for part in (seller.city, seller.postal_code) if part)
    address = [seller.line1, seller.line2, place, seller.get_state_display()]
    return {
        "seller_name": seller.name,
        "seller_trade_name": seller.trade_name,
        "seller_address": "\n".join(line for line in address if line),
        "seller_contact": " · ".join(part for part in (seller.email, seller.phone) if part),
        "seller_state": seller.state,
        "seller_gstin": seller.gstin,
        "signatory": seller.signatory,
        "terms": seller.terms,
        "footer": seller.footer,
    }


def buyer_columns(order: Order, *, seller: SellerSettings) -> dict[str, Any]:
    """Goods that are handed over at the seller's place are supplied there."""
    return {
        "buyer_name": order.name,
        "buyer_company": order.company,
        "buyer_gstin": order.gstin,
        "buyer_address": "\n".join(order.address_lines),
        "place_of_supply": order.place_of_supply or seller.state,
        "currency": order.currency,
    }


COPIED_COLUMNS = (
    "seller_name",
    "seller_trade_name",
    "seller_address",
    "seller_contact",
    "seller_state",
    "seller_gstin",
    "signatory",
    "footer",
    "buyer_name",
    "buyer_company",
    "buyer_gstin",
    "buyer_address",
    "place_of_supply",
    "currency",
)


def copied_columns(invoice: Invoice) -> dict[str, Any]:
    """A credit note names the parties as its invoice does, whatever has become of them."""
    copied = {name: getattr(invoice, name) for name in COPIED_COLUMNS}
    return {**copied, "kind": DocumentKind.CREDIT_NOTE}
