"""What things cost: pure functions over frozen dataclasses, one pipeline for cart, order, page and API.

    lines → sale → coupon → shipping → tax → total

Amounts are rupees as Decimal with two places; rates are percent; moments are passed in.
"""

from shop.pricing.amounts import PAISA, ZERO, round_to_paisa
from shop.pricing.carts import PricedCart, PricedLine, SalePrice, Terms, Totals, price_cart, price_one
from shop.pricing.credits import share_credit, split_credit
from shop.pricing.discounts import CouponRule
from shop.pricing.lines import Line, Targets
from shop.pricing.sales import SaleRule
from shop.pricing.shipping import Band, ShippingRate
from shop.pricing.taxes import TaxSplit
from shop.pricing.units import TaxTerms, UnitPrice, price_unit

__all__ = [
    "PAISA",
    "ZERO",
    "Band",
    "CouponRule",
    "Line",
    "PricedCart",
    "PricedLine",
    "SalePrice",
    "SaleRule",
    "ShippingRate",
    "Targets",
    "TaxSplit",
    "TaxTerms",
    "Terms",
    "Totals",
    "UnitPrice",
    "price_cart",
    "price_one",
    "price_unit",
    "round_to_paisa",
    "share_credit",
    "split_credit",
]
