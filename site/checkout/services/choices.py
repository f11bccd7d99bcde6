"""What a checkout page offers: a priced cart, and the deliveries and ways of paying to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from checkout.enums import OrderPaymentMethod
from checkout.models import CartItem
from checkout.selectors.carts import Quote, weigh_items
from checkout.services.buyers import Buyer, Wishes
from checkout.services.delivery import (
    CashRefused,
    DeliveryUnknown,
    NotDeliverable,
    choose_delivery,
    find_offer,
)
from checkout.services.quotes import quote_with_or_without_coupon
from shop.pricing import ZERO
from shop.pricing.carts import find_shipping
from shop.pricing.delivery import CashTerms, DeliveryOffer


@dataclass(frozen=True)
class DeliveryOption:
    """A method as it is offered for this cart and address: the charge in rupees, the days of arrival."""

    slug: str
    name: str
    charge: Decimal
    days: tuple[int, int] | None
    dates: tuple[date, date] | None


@dataclass(frozen=True)
class Choices:
    """A quote, the wishes it is made for, and what else there is to wish for.

    `cash` are the terms of cash on delivery at the address, None where it is not offered there or nothing is to
    be paid; `takes_cash` says whether it is for this total. `problem` is a sentence where nothing is delivered
    to the address.
    """

    quote: Quote
    wishes: Wishes
    options: tuple[DeliveryOption, ...] = ()
    cash: CashTerms | None = None
    takes_cash: bool = False
    problem: str = ""

    @property
    def total(self) -> Decimal:
        return self.quote.priced.totals.total

    @property
    def surcharge(self) -> Decimal:
        return self.quote.priced.surcharge

    @property
    def pays_cash(self) -> bool:
        return self.wishes.payment_method == OrderPaymentMethod.CASH


def find_choices(items: Sequence[CartItem], *, buyer: Buyer, wishes: Wishes, at: datetime) -> Choices:
    """What cart lines cost this buyer, and what there is to choose; their products and tax classes are loaded.

    Tolerant, unlike placing the order: what is not offered gives way to what is.
    """
    try:
        offer = find_offer(buyer)
    except NotDeliverable as error:
        nowhere = replace(buyer, state="", postal_code="")
        plain = replace(wishes, delivery="", payment_method=OrderPaymentMethod.ONLINE)
        quote = quote_with_or_without_coupon(items, buyer=nowhere, wishes=plain, at=at)
        return Choices(quote=quote, wishes=plain, problem=str(error))
    wishes = settle_wishes(buyer=buyer, wishes=wishes)
    try:
        quote = quote_with_or_without_coupon(items, buyer=buyer, wishes=wishes, at=at)
    except CashRefused:  # the total is above its cap
        wishes = replace(wishes, payment_method=OrderPaymentMethod.ONLINE)
        quote = quote_with_or_without_coupon(items, buyer=buyer, wishes=wishes, at=at)
    is_free = not quote.priced.totals.total
    if is_free:  # nobody pays nothing at the door
        wishes = replace(wishes, payment_method=OrderPaymentMethod.ONLINE)
    if offer is None:
        return Choices(quote=quote, wishes=wishes)
    return Choices(
        quote=quote,
        wishes=wishes,
        options=list_options(offer, quote=quote, today=timezone.localdate(at)),
        cash=None if is_free else offer.cash,
        takes_cash=not is_free and is_cash_taken(offer.cash, quote=quote, wishes=wishes),
    )


def is_cash_taken(cash: CashTerms | None, *, quote: Quote, wishes: Wishes) -> bool:
    """Whether this total may be paid in cash, the fee for it included."""
    if cash is None:
        return False
    fee = ZERO if wishes.payment_method == OrderPaymentMethod.CASH else cash.fee
    return cash.allows(quote.priced.totals.total + fee)


def settle_wishes(*, buyer: Buyer, wishes: Wishes) -> Wishes:
    """The wishes as far as the address can have them."""
    try:
        delivery = choose_delivery(buyer=buyer, wishes=wishes)
    except DeliveryUnknown:
        return settle_wishes(buyer=buyer, wishes=replace(wishes, delivery=""))
    except CashRefused:
        online = replace(wishes, payment_method=OrderPaymentMethod.ONLINE)
        return settle_wishes(buyer=buyer, wishes=online)
    return replace(wishes, delivery=delivery.choice.method.slug if delivery.choice else "")


def list_options(offer: DeliveryOffer, *, quote: Quote, today: date) -> tuple[DeliveryOption, ...]:
    """The methods with what each would cost this cart, a coupon for free delivery included."""
    totals = quote.priced.totals
    value, grams = totals.subtotal - totals.discount, weigh_items(quote.items)
    return tuple(
        DeliveryOption(
            slug=choice.method.slug,
            name=choice.method.name,
            charge=find_shipping(replace(quote.terms, shipping=choice.rate), value=value, grams=grams),
            days=choice.method.days,
            dates=choice.method.find_dates(today),
        )
        for choice in offer.choices
    )
