"""Whether, when and for how much a product comes to a PIN code: what its page tells before the cart."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.pin_codes import guess_state
from shop.models import Product
from shop.models.shipping import current_delivery_rules
from shop.pricing import ShippingRate
from shop.pricing.delivery import CashTerms, DeliveryChoice, Destination
from shop.pricing.shipping import BY_WEIGHT
from shop.selectors import price_product
from shop.templatetags.money import money


@dataclass(frozen=True)
class ShownDelivery:
    """A way of delivery, in words."""

    name: str
    when: str
    charge: str
    rule: str


@dataclass(frozen=True)
class DeliveryCheck:
    """The answer for one product and PIN code; `cash` is a sentence, or empty where it says nothing."""

    pin_code: str
    is_deliverable: bool
    message: str
    choices: tuple[ShownDelivery, ...] = ()
    cash: str = ""


def check_delivery(*, product: Product, pin_code: str, at: datetime) -> DeliveryCheck:
    """What one of the product costs to deliver there. Its tax class is loaded."""
    place = Destination(state=guess_state(pin_code), pin_code=pin_code)
    offer = current_delivery_rules().find_offer(place)
    if offer is None:
        sentence = _("We do not deliver to %(pin)s yet.") % {"pin": pin_code}
        return DeliveryCheck(pin_code=pin_code, is_deliverable=False, message=sentence)
    value, today = price_product(product, at=at).unit.gross, timezone.localdate(at)
    return DeliveryCheck(
        pin_code=pin_code,
        is_deliverable=True,
        message=_("We deliver to %(pin)s.") % {"pin": pin_code},
        choices=tuple(
            show_choice(choice, product=product, value=value, today=today) for choice in offer.choices
        ),
        cash=describe_cash(offer.cash, value=value),
    )


def show_choice(choice: DeliveryChoice, *, product: Product, value, today: date) -> ShownDelivery:
    charge = choice.rate.find_charge(value=value, grams=product.weight_grams)
    return ShownDelivery(
        name=choice.method.name,
        when=describe_days(choice, today=today),
        charge=money(charge) if charge else _("Free"),
        rule=describe_rule(choice.rate) if charge else "",
    )


def describe_days(choice: DeliveryChoice, *, today: date) -> str:
    """How long it takes and on which days that is, for example: 2–4 days, Tue 24 – Thu 26 Nov."""
    dates = choice.method.find_dates(today)
    if dates is None:
        return ""
    first, last = choice.method.days
    days = ngettext("%(days)s day", "%(days)s days", last) % {
        "days": last if first == last else f"{first}–{last}"
    }
    if dates[0] == dates[1]:
        return f"{days}, {date_format(dates[0], 'D j M')}"
    return f"{days}, {date_format(dates[0], 'D j M')} – {date_format(dates[1], 'D j M')}"


def describe_rule(rate: ShippingRate) -> str:
    if rate.free_from is not None:
        return _("Free from %(amount)s") % {"amount": money(rate.free_from)}
    return _("By weight") if rate.kind == BY_WEIGHT else ""


def describe_cash(cash: CashTerms | None, *, value) -> str:
    if cash is None:
        return _("Cash on delivery is not offered there.")
    if not cash.allows(value + cash.fee):
        return _("Cash on delivery is offered for orders up to %(cap)s.") % {"cap": money(cash.cap)}
    if cash.fee:
        return _("Cash on delivery for %(fee)s more.") % {"fee": money(cash.fee)}
    return _("Cash on delivery at no extra charge.")
