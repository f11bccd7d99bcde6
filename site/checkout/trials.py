"""Prices tried out: what a cart would cost somebody at a moment, and which rule did what. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import IndianState, Membership
from checkout.models import CartItem
from checkout.selectors.carts import Quote
from checkout.services.buyers import Buyer, Wishes
from checkout.services.quotes import Supposed, quote_with_or_without_coupon
from shop.pricing import PricedLine, Terms
from shop.sale_rules import sales_as_of
from shop.templatetags.money import money


@dataclass(frozen=True)
class TriedLine:
    """A line of the result. `reasons` are sentences, in the order in which the pipeline works."""

    title: str
    sku: str
    priced: PricedLine
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Trial:
    quote: Quote
    lines: tuple[TriedLine, ...]
    reasons: tuple[str, ...]


def try_prices(
    items: Sequence[CartItem], *, buyer: Buyer, wishes: Wishes, membership: str, at: datetime | None
) -> Trial:
    """Price lines that are in no cart as the checkout would. At a later moment, with the sales scheduled until then."""
    now = timezone.now()
    sales = sales_as_of(at) if at is not None and at > now else None
    quote = quote_with_or_without_coupon(
        items,
        buyer=buyer,
        wishes=wishes,
        at=at or now,
        supposed=Supposed(membership=membership, sales=sales),
    )
    lines = tuple(
        TriedLine(
            title=item.product.full_title,
            sku=item.product.sku,
            priced=line,
            reasons=tuple(explain_line(item, line, terms=quote.terms)),
        )
        for item, line in zip(quote.items, quote.priced.lines, strict=True)
    )
    return Trial(quote=quote, lines=lines, reasons=tuple(explain_whole(quote, membership=membership)))


def explain_line(item: CartItem, line: PricedLine, *, terms: Terms) -> list[str]:
    """What made the price of one line."""
    sentences = []
    before, after = money(line.list_unit.gross), money(line.unit.gross)
    if line.sale:
        words = {"name": line.sale.name, "before": before, "after": after}
        sentences.append(_("Sale “%(name)s”: %(after)s instead of %(before)s for one, with tax.") % words)
    else:
        sentences.append(_("No sale: %(before)s for one, with tax.") % {"before": before})
    if line.discounts.tier:
        sentences.append(
            _("Its share of the member discount: %(off)s.") % {"off": money(line.discounts.tier)}
        )
    if line.discounts.coupon:
        sentences.append(_("Its share of the coupon: %(off)s.") % {"off": money(line.discounts.coupon)})
    elif terms.coupon and terms.coupon.kind != "free_shipping":
        sentences.append(_("The coupon is not about this product."))
    return [*sentences, explain_tax(item, line, terms=terms)]


def explain_tax(item: CartItem, line: PricedLine, *, terms: Terms) -> str:
    tax_class = item.product.tax_class
    words = {
        "rate": f"{line.tax_rate.normalize():f}",
        "name": tax_class.name if tax_class else _("the shop's own rate"),
        "kinds": _("CGST and SGST, half each") if terms.within_state else _("IGST"),
    }
    return _("Tax %(rate)s %% (%(name)s), as %(kinds)s.") % words


def explain_whole(quote: Quote, *, membership: str) -> list[str]:
    """What made the total of what the lines come to."""
    terms, priced = quote.terms, quote.priced
    sentences = []
    if membership:
        words = {
            "tier": Membership(membership).label,
            "percent": f"{terms.tier_percent.normalize():f}",
            "off": money(priced.tier_discount),
        }
        sentences.append(_("%(tier)s members save %(percent)s %% on every order: %(off)s.") % words)
    if quote.coupon_problem:
        sentences.append(quote.coupon_problem)
    elif terms.coupon:
        words = {"code": terms.coupon.code, "off": money(priced.coupon_discount)}
        sentences.append(_("Coupon %(code)s, on what is left: %(off)s.") % words)
    sentences.append(explain_shipping(quote))
    if priced.surcharge:
        fee = money(priced.surcharge)
        sentences.append(_("Cash on delivery: %(fee)s, charged with the delivery.") % {"fee": fee})
    return [*sentences, explain_place(terms)]


def explain_shipping(quote: Quote) -> str:
    rate, priced = quote.terms.shipping, quote.priced
    if rate is None:
        return _("No delivery method is set for this address: nothing is charged.")
    words = {"name": rate.name, "charge": money(priced.totals.shipping - priced.surcharge)}
    if quote.terms.coupon and quote.terms.coupon.kind == "free_shipping":
        return _("Delivery “%(name)s”: free by the coupon.") % words
    if rate.free_from is not None and priced.totals.total - priced.totals.shipping >= rate.free_from:
        words["limit"] = money(rate.free_from)
        return _("Delivery “%(name)s”: free from %(limit)s on.") % words
    return _("Delivery “%(name)s”: %(charge)s.") % words


def explain_place(terms: Terms) -> str:
    if not terms.place_of_supply:
        return _("Handed over at the shop, so the tax is that of the shop's own state.")
    state = IndianState(terms.place_of_supply).label
    if not terms.tax.seller_state:
        return _("The seller's state is not set, so nothing says that the goods leave it.")
    if terms.within_state:
        return _("The goods stay in %(state)s: CGST and SGST.") % {"state": state}
    return _("The goods go to %(state)s, another state than the seller's: IGST.") % {"state": state}
