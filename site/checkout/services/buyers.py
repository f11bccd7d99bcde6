"""Who orders, and what they chose beside the goods."""

from dataclasses import dataclass

from checkout.enums import OrderPaymentMethod
from shop.pricing.delivery import Destination


@dataclass(frozen=True)
class Buyer:
    """Who orders, and where it goes. Without a customer it is a guest; an order may do without an address.

    `company` and `gstin`, checked at the edges, are those of a business that wants an invoice of its own.
    `entered_by_id` is the user who typed the order for the buyer, for example on the phone.
    """

    email: str
    customer_id: int | None = None
    user_id: int | None = None
    entered_by_id: int | None = None
    name: str = ""
    phone: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = "IN"
    company: str = ""
    gstin: str = ""
    note: str = ""

    @property
    def destination(self) -> Destination | None:
        """Where the goods go; None without an address: they are handed over at the seller's place."""
        if not (self.state or self.postal_code):
            return None
        return Destination(state=self.state, pin_code=self.postal_code, country=self.country)


@dataclass(frozen=True)
class Wishes:
    """What a buyer chose beside the goods. Empty: no coupon, the delivery that is offered first, paid online.

    `delivery` is the method's slug.
    """

    coupon: str = ""
    delivery: str = ""
    payment_method: str = OrderPaymentMethod.ONLINE


NO_WISHES = Wishes()
