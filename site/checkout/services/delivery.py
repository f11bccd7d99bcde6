"""What an order's destination is offered: the methods of delivery, and cash on delivery."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from checkout.enums import OrderPaymentMethod
from checkout.services.buyers import Buyer, Wishes
from shop.models.shipping import current_delivery_rules
from shop.pricing import ZERO
from shop.pricing.delivery import CashTerms, DeliveryChoice, DeliveryOffer
from shop.templatetags.money import money


class NotDeliverable(Exception):
    """Nothing is delivered to the address."""

    def __init__(self, pin_code: str) -> None:
        super().__init__(
            _("We do not deliver to PIN code %(pin)s. Please choose another address.") % {"pin": pin_code}
            if pin_code
            else _("We do not deliver to this address. Please choose another one.")
        )


class DeliveryUnknown(Exception):
    """The method that was chosen is not offered for the address."""

    def __init__(self) -> None:
        super().__init__(_("This way of delivery is not offered for your address. Please choose another."))


class CashRefused(Exception):
    """Cash on delivery is not offered for the address, or not for so large an order."""

    def __init__(self, cap: Decimal | None = None) -> None:
        super().__init__(
            _("Cash on delivery is not offered for this address. Please pay online.")
            if cap is None
            else _("Cash on delivery is offered up to %(cap)s. Please pay online.") % {"cap": money(cap)}
        )


@dataclass(frozen=True)
class ChosenDelivery:
    """What a buyer gets: a method with its rate, and the terms of cash where they pay that way."""

    choice: DeliveryChoice | None = None
    cash: CashTerms | None = None

    @property
    def surcharge(self) -> Decimal:
        return self.cash.fee if self.cash else ZERO

    def check_total(self, total: Decimal) -> None:
        """Raises `CashRefused` where so much is not taken in cash."""
        if self.cash and not self.cash.allows(total):
            raise CashRefused(self.cash.cap)


PICK_UP = ChosenDelivery()


def find_offer(buyer: Buyer) -> DeliveryOffer | None:
    """What the buyer's address is offered; None without one. Raises `NotDeliverable`."""
    if buyer.destination is None:
        return None
    offer = current_delivery_rules().find_offer(buyer.destination)
    if offer is None:
        raise NotDeliverable(buyer.postal_code)
    return offer


def choose_delivery(*, buyer: Buyer, wishes: Wishes) -> ChosenDelivery:
    """The delivery a buyer asked for, else the first one offered; handed over at the seller's without an address.

    Raises `NotDeliverable`, `DeliveryUnknown` and `CashRefused`.
    """
    offer = find_offer(buyer)
    pays_cash = wishes.payment_method == OrderPaymentMethod.CASH
    if offer is None:
        if pays_cash:
            raise CashRefused
        return PICK_UP
    choice = offer.find(wishes.delivery)
    if choice is None:
        raise DeliveryUnknown
    if pays_cash and offer.cash is None:
        raise CashRefused
    return ChosenDelivery(choice=choice, cash=offer.cash if pays_cash else None)
