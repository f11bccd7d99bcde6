"""The pipeline: lines → sale → coupon → shipping → tax → total."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from shop.pricing.amounts import ZERO
from shop.pricing.discounts import (
    FREE_SHIPPING,
    NO_DISCOUNTS,
    CouponRule,
    LineDiscounts,
    take_coupon,
    take_tier,
)
from shop.pricing.lines import Line
from shop.pricing.sales import SaleRule, find_best_sale
from shop.pricing.shipping import ShippingRate
from shop.pricing.taxes import NOTHING, TaxSplit, find_contained_tax, split_tax
from shop.pricing.units import TaxTerms, UnitPrice, price_unit


@dataclass(frozen=True)
class Terms:
    """Everything that is not in the cart and decides what it costs.

    `place_of_supply` is the code of the state the goods go to; "" means they are handed over at the seller's.
    `surcharge` is what the way of paying costs (cash on delivery), charged with the shipping.
    """

    tax: TaxTerms
    sales: tuple[SaleRule, ...] = ()
    tier_percent: Decimal = ZERO
    coupon: CouponRule | None = None
    shipping: ShippingRate | None = None
    surcharge: Decimal = ZERO
    place_of_supply: str = ""

    @property
    def within_state(self) -> bool:
        """Also where the seller's state is not set: then nothing says that a border is crossed."""
        return self.place_of_supply in ("", self.tax.seller_state) or not self.tax.seller_state


@dataclass(frozen=True)
class PricedLine:
    """A line with its price. `total` is for all units, with tax, before the discounts; `payable` after them."""

    product_id: int
    quantity: int
    list_unit: UnitPrice
    unit: UnitPrice
    tax_rate: Decimal
    total: Decimal
    sale: SaleRule | None = None
    discounts: LineDiscounts = NO_DISCOUNTS
    split: TaxSplit = NOTHING

    @property
    def old_price(self) -> Decimal | None:
        """The price of one with tax without the sale, or None outside one."""
        return find_old_price(self.list_unit, self.unit)

    @property
    def payable(self) -> Decimal:
        return self.total - self.discounts.tier - self.discounts.coupon


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
    """`surcharge` is part of the shipping in the totals, `shipping_split` what both consist of."""

    lines: tuple[PricedLine, ...]
    totals: Totals
    shipping_split: TaxSplit = NOTHING
    surcharge: Decimal = ZERO

    @property
    def shipping_tax_rate(self) -> Decimal:
        return find_shipping_tax_rate(self.lines)

    @property
    def tier_discount(self) -> Decimal:
        return sum((line.discounts.tier for line in self.lines), ZERO)

    @property
    def coupon_discount(self) -> Decimal:
        return sum((line.discounts.coupon for line in self.lines), ZERO)


@dataclass(frozen=True)
class SalePrice:
    """What one costs today: `unit` in the sale, `list_unit` without it."""

    list_unit: UnitPrice
    unit: UnitPrice
    sale: SaleRule | None

    @property
    def old_price(self) -> Decimal | None:
        """The price with tax that is struck through, or None outside a sale."""
        return find_old_price(self.list_unit, self.unit)


def find_old_price(list_unit: UnitPrice, unit: UnitPrice) -> Decimal | None:
    return list_unit.gross if unit.gross < list_unit.gross else None


def price_one(line: Line, *, tax: TaxTerms, sales: Iterable[SaleRule], at: datetime) -> SalePrice:
    """The price of one unit of a line at a moment."""
    sale = find_best_sale(line, sales, at=at)
    list_unit = price_unit(line.typed_price, terms=tax, tax_rate=line.tax_rate)
    if sale is None:
        return SalePrice(list_unit=list_unit, unit=list_unit, sale=None)
    unit = price_unit(sale.price(line.typed_price), terms=tax, tax_rate=line.tax_rate)
    return SalePrice(list_unit=list_unit, unit=unit, sale=sale)


def price_cart(lines: Iterable[Line], *, terms: Terms, at: datetime) -> PricedCart:
    """Price every line, take off what is due, add the shipping, and say how much tax is in it all."""
    lines = list(lines)
    prices = [price_one(line, tax=terms.tax, sales=terms.sales, at=at) for line in lines]
    totals = [price.unit.gross * line.quantity for line, price in zip(lines, prices, strict=True)]
    discounts = find_discounts(lines, totals, terms=terms)
    priced = tuple(
        finish_line(line, price, discount, terms=terms)
        for line, price, discount in zip(lines, prices, discounts, strict=True)
    )
    return add_up(priced, grams=sum(line.weight_grams * line.quantity for line in lines), terms=terms)


def find_discounts(lines: Sequence[Line], totals: Sequence[Decimal], *, terms: Terms) -> list[LineDiscounts]:
    tier = take_tier(totals, terms.tier_percent)
    left = [total - share for total, share in zip(totals, tier, strict=True)]
    coupon = take_coupon(lines, left, terms.coupon)
    return [LineDiscounts(tier=first, coupon=second) for first, second in zip(tier, coupon, strict=True)]


def finish_line(line: Line, price: SalePrice, discounts: LineDiscounts, *, terms: Terms) -> PricedLine:
    """Tax is rounded per unit; a discount takes away what it contains of it."""
    rate = terms.tax.rate if line.tax_rate is None else line.tax_rate
    total = price.unit.gross * line.quantity
    off = discounts.tier + discounts.coupon
    payable = total - off
    tax = price.unit.tax * line.quantity - find_contained_tax(off, rate=rate)
    return PricedLine(
        product_id=line.product_id,
        quantity=line.quantity,
        list_unit=price.list_unit,
        unit=price.unit,
        tax_rate=rate,
        total=total,
        sale=price.sale,
        discounts=discounts,
        split=split_tax(payable, tax=min(max(tax, ZERO), payable), within_state=terms.within_state),
    )


def add_up(lines: tuple[PricedLine, ...], *, grams: int, terms: Terms) -> PricedCart:
    subtotal = sum((line.total for line in lines), ZERO)
    value = sum((line.payable for line in lines), ZERO)
    charge = find_shipping(terms, value=value, grams=grams)
    surcharge = find_surcharge(terms, payable=value + charge)
    shipping = charge + surcharge
    tax = find_contained_tax(shipping, rate=find_shipping_tax_rate(lines))
    split = split_tax(shipping, tax=tax, within_state=terms.within_state)
    totals = Totals(
        subtotal=subtotal,
        shipping=shipping,
        discount=subtotal - value,
        tax=sum((line.split.tax for line in lines), ZERO) + split.tax,
        total=value + shipping,
        count=sum(line.quantity for line in lines),
    )
    return PricedCart(lines=lines, totals=totals, shipping_split=split, surcharge=surcharge)


def find_shipping_tax_rate(lines: Iterable[PricedLine]) -> Decimal:
    """Delivery is part of the supply of the goods: it bears the highest rate among them."""
    return max((line.tax_rate for line in lines), default=ZERO)


def find_shipping(terms: Terms, *, value: Decimal, grams: int) -> Decimal:
    """What the delivery itself costs."""
    if terms.shipping is None or (terms.coupon is not None and is_free_shipping(terms.coupon, value)):
        return ZERO
    return terms.shipping.find_charge(value=value, grams=grams)


def find_surcharge(terms: Terms, *, payable: Decimal) -> Decimal:
    """What the way of paying costs: nothing where there is nothing to pay."""
    return terms.surcharge if payable else ZERO


def is_free_shipping(coupon: CouponRule, value: Decimal) -> bool:
    return coupon.kind == FREE_SHIPPING and value >= coupon.minimum
