"""What mails about an order are filled with: values for the words, and what stands between them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core import signing
from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from checkout.models import Cart, CreditNote, Order, OrderItem, Shipment
from checkout.selectors.carts import show_cart
from checkout.selectors.orders import order_path, show_order
from shop.templatetags.money import money

CART_SALT = "checkout.cart-link"


@dataclass(frozen=True)
class Content:
    values: dict[str, str]
    context: dict[str, Any]
    now: datetime = field(default_factory=timezone.now)


def describe_order(
    order: Order,
    *,
    lines: Iterable[OrderItem] | None = None,
    asks_to_pay: bool = False,
    shows_lines: bool = True,
    shows_address: bool = False,
    facts: Iterable[str] = (),
    things: Iterable[str] = (),
) -> Content:
    """`things` are listed below the opening, `facts` are sentences of ours below those."""
    total = money(order.total)
    values = {"order_number": order.number, "name": order.name or order.email, "total": total}
    if order.expires_at:
        values["pay_until"] = format_date(timezone.localtime(order.expires_at), "j F, H:i")
    button = _("Pay %(total)s") % {"total": total} if asks_to_pay else _("See your order")
    context = {
        "order": show_order(order, items=order.items.all() if lines is None else lines),
        "url": settings.BASE_URL + order_path(order),
        "button": button,
        "things": list(things),
        "facts": [*facts, *describe_delivery(order, shows_address)],
        "shows_lines": shows_lines,
        "shows_address": shows_address,
    }
    return Content(values=values, context=context)


def describe_delivery(order: Order, is_coming: bool) -> list[str]:
    if not is_coming or not order.deliver_by:
        return []
    return [_("It should be with you by %(day)s.") % {"day": format_date(order.deliver_by, "l, j F")}]


def describe_refund(
    order: Order, *, amount: Decimal, reason: str = "", facts: Iterable[str] = (), **shown: Any
) -> Content:
    """Rupees that go back, or have."""
    why = [_("Why: %(reason)s") % {"reason": reason}] if reason else []
    content = describe_order(order, facts=[*why, *facts], **shown)
    content.values["amount"] = money(amount)
    return content


def describe_parcel(
    order: Order, *, parcel: Shipment, packed: Iterable[str], lines: Iterable[OrderItem] | None = None
) -> Content:
    """`packed` says what is in it."""
    facts = []
    if parcel.carrier:
        facts.append(_("It comes with %(carrier)s.") % {"carrier": parcel.carrier})
    if parcel.tracking_number:
        facts.append(_("Tracking number: %(number)s") % {"number": parcel.tracking_number})
    content = describe_order(
        order, lines=lines, things=packed, facts=facts, shows_lines=False, shows_address=True
    )
    content.values.update(carrier=parcel.carrier, tracking_number=parcel.tracking_number)
    if parcel.tracking_url:
        content.context.update(url=parcel.tracking_url, button=_("Follow the parcel"))
    return content


def name_credit_note(note: CreditNote) -> str:
    sentence = _("Credit note %(number)s to invoice %(invoice)s is attached.")
    return sentence % {"number": note.number, "invoice": note.invoice.number}


def explain_taken_back(note: CreditNote) -> str:
    sentence = _("Credit note %(number)s is attached. It takes back invoice %(invoice)s.")
    return sentence % {"number": note.number, "invoice": note.invoice.number}


def describe_cart(cart: Cart) -> Content:
    """What lies in a cart now, at today's prices, and the link that brings it back."""
    shown = show_cart(cart)
    name = cart.customer.user.get_full_name() if cart.customer else ""
    values = {"name": name or _("there"), "total": money(shown.totals.total)}
    context = {"cart": shown, "url": link_to_cart(cart.pk), "button": _("Back to my cart")}
    return Content(values=values, context=context)


def link_to_cart(cart_id: uuid.UUID) -> str:
    token = signing.Signer(salt=CART_SALT, sep=".").sign(str(cart_id))
    return settings.BASE_URL + reverse("cart_restore", args=[token])


def read_cart_token(token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(signing.Signer(salt=CART_SALT, sep=".").unsign(token))
    except (signing.BadSignature, ValueError):
        return None
