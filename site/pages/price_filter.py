"""Narrowing products by the price that shoppers see, although the database knows only what editors typed."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Q, QuerySet

from shop.models import TaxClass, TaxSettings
from shop.pricing import SaleRule, TaxTerms


def filter_by_price(
    products: QuerySet,
    *,
    sales: Sequence[SaleRule],
    lowest: Decimal | None = None,
    highest: Decimal | None = None,
) -> QuerySet:
    """Products that cost from `lowest` to `highest` rupees, in these sales and with tax; either may be missing."""
    if lowest is None and highest is None:
        return products
    return products.with_sale_price(sales).filter(match_price(lowest, highest))


def match_price(lowest: Decimal | None, highest: Decimal | None) -> Q:
    """The same for products that have their `sale_price`; it asks for the rates of tax once."""
    terms = TaxSettings.current_terms()
    if terms.prices_include_tax:
        return match_typed(lowest, highest, factor=Decimal(1))
    return match_with_tax(lowest, highest, terms=terms)


def match_with_tax(lowest: Decimal | None, highest: Decimal | None, *, terms: TaxTerms) -> Q:
    """Each tax class has a factor of its own between what was typed and what is shown."""
    matched = Q(tax_class=None) & match_typed(lowest, highest, factor=1 + terms.rate / 100)
    for pk, rate in TaxClass.objects.values_list("pk", "rate"):
        matched |= Q(tax_class=pk) & match_typed(lowest, highest, factor=1 + rate / 100)
    return matched


def match_typed(lowest: Decimal | None, highest: Decimal | None, *, factor: Decimal) -> Q:
    matched = Q()
    if lowest is not None:
        matched &= Q(sale_price__gte=lowest / factor)
    if highest is not None:
        matched &= Q(sale_price__lte=highest / factor)
    return matched
