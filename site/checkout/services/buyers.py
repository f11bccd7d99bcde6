"""Who orders, and what they chose beside the goods."""

from dataclasses import dataclass


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


@dataclass(frozen=True)
class Wishes:
    """What a buyer chose beside the goods. Empty: no coupon, the delivery that is offered first."""

    coupon: str = ""
    delivery: str = ""


NO_WISHES = Wishes()
