"""What a cart costs one buyer: the terms that hold for everybody, and theirs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from accounts.models import Customer
from checkout.models import CartItem
from checkout.selectors.carts import Quote, price_items
from checkout.services.buyers import Buyer, Wishes
from checkout.services.coupons import CouponRefused, check_effect, find_rule
from checkout.services.delivery import ChosenDelivery, choose_delivery
from shop.models import TierSettings
from shop.pricing import SaleRule, Terms
from shop.selectors import current_terms


@dataclass(frozen=True)
class Supposed:
    """What takes the place of what is so, to try out prices: another membership, the sales of another moment."""

    membership: str | None = None
    sales: tuple[SaleRule, ...] | None = None


NOTHING_SUPPOSED = Supposed()


def find_terms(
    *,
    buyer: Buyer,
    wishes: Wishes,
    at: datetime,
    supposed: Supposed = NOTHING_SUPPOSED,
    delivery: ChosenDelivery | None = None,
) -> Terms:
    """The terms of a buyer's order at a moment. Without an address it is handed over at the seller's place.

    `delivery` is what `choose_delivery` found for them, where the caller asked already. Raises `CouponRefused`
    and what that raises.
    """
    delivery = delivery or choose_delivery(buyer=buyer, wishes=wishes)
    common = current_terms()
    membership = supposed.membership
    percents = TierSettings.load().percents
    # Most shops give members nothing, and most orders have no coupon: then nobody asks who the buyer is.
    if membership is None:
        membership = find_membership(buyer) if wishes.coupon or any(percents.values()) else ""
    return replace(
        common,
        sales=common.sales if supposed.sales is None else supposed.sales,
        tier_percent=percents.get(membership, Decimal(0)),
        coupon=find_rule(wishes.coupon, buyer=buyer, membership=membership, at=at) if wishes.coupon else None,
        shipping=delivery.choice.rate if delivery.choice else None,
        surcharge=delivery.surcharge,
        place_of_supply=buyer.state,
    )


def find_membership(buyer: Buyer) -> str:
    """The letter of a signed-in customer's tier; a guest has none."""
    if buyer.customer_id is None:
        return ""
    return Customer.objects.values_list("membership", flat=True).get(pk=buyer.customer_id)


def quote_items(
    items: Sequence[CartItem],
    *,
    buyer: Buyer,
    wishes: Wishes,
    at: datetime,
    supposed: Supposed = NOTHING_SUPPOSED,
    delivery: ChosenDelivery | None = None,
) -> Quote:
    """What these lines cost this buyer, their products and tax classes loaded.

    Raises `CouponRefused`, `NotDeliverable`, `DeliveryUnknown` and `CashRefused`.
    """
    delivery = delivery or choose_delivery(buyer=buyer, wishes=wishes)
    terms = find_terms(buyer=buyer, wishes=wishes, at=at, supposed=supposed, delivery=delivery)
    priced = price_items(items, at=at, terms=terms)
    delivery.check_total(priced.totals.total)
    check_effect(items, priced=priced, terms=terms)
    return Quote(items=tuple(items), terms=terms, priced=priced)


def quote_with_or_without_coupon(
    items: Sequence[CartItem],
    *,
    buyer: Buyer,
    wishes: Wishes,
    at: datetime,
    supposed: Supposed = NOTHING_SUPPOSED,
) -> Quote:
    """The same; where the coupon does not hold, without it and with the sentence that says why."""
    try:
        return quote_items(items, buyer=buyer, wishes=wishes, at=at, supposed=supposed)
    except CouponRefused as refused:
        plain = replace(wishes, coupon="")
        quote = quote_items(items, buyer=buyer, wishes=plain, at=at, supposed=supposed)
        return replace(quote, coupon_problem=str(refused))
