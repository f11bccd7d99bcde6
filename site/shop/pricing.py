"""What things cost: pure functions over frozen dataclasses, one pipeline for cart, order, page and API.

    lines → sale → coupon → shipping → tax → total

Sales, coupons and shipping charges do not exist yet: their steps take nothing away and add nothing.
Amounts are rupees as Decimal with two places; rates are percent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

PAISA = Decimal("0.01")
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class TaxTerms:
    """What a typed price means: the shop's own rate in percent, and whether prices contain the tax."""

    rate: Decimal = Decimal(10)
    prices_include_tax: bool = False


@dataclass(frozen=True)
class UnitPrice:
    """The price of one unit, split: `net` + `tax` = `gross`. A shopper pays the gross."""

    net: Decimal
    tax: Decimal
    gross: Decimal


@dataclass(frozen=True)
class Line:
    """So many of a product at its typed price. `tax_rate` is its tax class's own, or None for the shop's."""

    product_id: int
    quantity: int
    typed_price: Decimal
    tax_rate: Decimal | None = None


@dataclass(frozen=True)
class PricedLine:
    """A line with its price. `total` is what the shopper pays for it."""

    product_id: int
    quantity: int
    unit: UnitPrice
    tax_rate: Decimal
    total: Decimal


@dataclass(frozen=True)
class Totals:
    """The sums of a cart or order: subtotal + shipping − discount = total. `tax` is contained in the total."""

    subtotal: Decimal
    shipping: Decimal
    discount: Decimal
    tax: Decimal
    total: Decimal
    count: int


@dataclass(frozen=True)
class PricedCart:
    lines: tuple[PricedLine, ...]
    totals: Totals


def round_to_paisa(amount: Decimal) -> Decimal:
    return amount.quantize(PAISA, rounding=ROUND_HALF_UP)


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


def price_line(line: Line, *, terms: TaxTerms) -> PricedLine:
    unit = price_unit(line.typed_price, terms=terms, tax_rate=line.tax_rate)
    return PricedLine(
        product_id=line.product_id,
        quantity=line.quantity,
        unit=unit,
        tax_rate=terms.rate if line.tax_rate is None else line.tax_rate,
        total=unit.gross * line.quantity,
    )


def price_cart(lines: Iterable[Line], *, terms: TaxTerms) -> PricedCart:
    """Price every line and add up."""
    priced = tuple(price_line(line, terms=terms) for line in lines)
    subtotal = sum((line.total for line in priced), ZERO)
    shipping = discount = ZERO
    totals = Totals(
        subtotal=subtotal,
        shipping=shipping,
        discount=discount,
        tax=sum((line.unit.tax * line.quantity for line in priced), ZERO),
        total=subtotal + shipping - discount,
        count=sum(line.quantity for line in priced),
    )
    return PricedCart(lines=priced, totals=totals)
