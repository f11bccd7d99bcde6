"""The price of one unit, and how much tax is in it."""

from dataclasses import dataclass
from decimal import Decimal

from shop.pricing.amounts import round_to_paisa


@dataclass(frozen=True)
class TaxTerms:
    """What a typed price means: the shop's own rate in percent, and whether prices contain the tax.

    `seller_state` is the code of the state the goods are sold from, or "" where it is not set.
    """

    rate: Decimal = Decimal(10)
    prices_include_tax: bool = False
    seller_state: str = ""


@dataclass(frozen=True)
class UnitPrice:
    """The price of one unit, split: `net` + `tax` = `gross`. A shopper pays the gross."""

    net: Decimal
    tax: Decimal
    gross: Decimal


def price_unit(typed_price: Decimal, *, terms: TaxTerms, tax_rate: Decimal | None = None) -> UnitPrice:
    """The price of one, rounded half-up per unit; `tax_rate` overrides the shop's own."""
    factor = 1 + (terms.rate if tax_rate is None else tax_rate) / 100
    if terms.prices_include_tax:
        gross = round_to_paisa(typed_price)
        net = round_to_paisa(gross / factor)
    else:
        net = round_to_paisa(typed_price)
        gross = round_to_paisa(net * factor)
    return UnitPrice(net=net, tax=gross - net, gross=gross)
