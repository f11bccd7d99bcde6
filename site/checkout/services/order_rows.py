"""What an order copies, so that nothing it shows changes when the catalogue does."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from checkout.enums import OrderPaymentMethod
from checkout.models import CartItem, Order, OrderItem, OrderSettings
from checkout.services.buyers import NO_WISHES, Buyer, Wishes
from checkout.services.delivery import PICK_UP, ChosenDelivery
from shop.pricing import PricedCart, Terms


def order_columns(
    *,
    cart_id: uuid.UUID,
    buyer: Buyer,
    priced: PricedCart,
    terms: Terms,
    now: datetime,
    wishes: Wishes = NO_WISHES,
    delivery: ChosenDelivery = PICK_UP,
) -> dict[str, Any]:
    """Who bought, what it all comes to, how it gets there and how it is paid."""
    contact = asdict(buyer)
    for name in ("user_id", "entered_by_id"):
        contact.pop(name)
    # An order that was typed for the buyer is paid by its link, with or without an account, and waits longer.
    by_staff = buyer.entered_by_id is not None
    minutes = settings.ORDER_HOLD_MINUTES_PHONE if by_staff else OrderSettings.find_hold_minutes()
    totals = asdict(priced.totals)
    totals.pop("count")
    return {
        **contact,
        **totals,
        "tier_discount": priced.tier_discount,
        "coupon_discount": priced.coupon_discount,
        "coupon_code": terms.coupon.code if terms.coupon else "",
        "shipping_method": terms.shipping.name if terms.shipping else "",
        "deliver_by": find_latest_day(delivery, now=now),
        "payment_method": wishes.payment_method,
        "surcharge": priced.surcharge,
        "shipping_tax_rate": priced.shipping_tax_rate,
        "shipping_cgst": priced.shipping_split.cgst,
        "shipping_sgst": priced.shipping_split.sgst,
        "shipping_igst": priced.shipping_split.igst,
        "place_of_supply": terms.place_of_supply,
        "cart_id": cart_id,
        "guest_key": None if buyer.customer_id and not by_staff else secrets.token_urlsafe(16),
        "placed_at": now,
        "expires_at": find_end_of_hold(wishes, now=now, minutes=minutes),
    }


def find_latest_day(delivery: ChosenDelivery, *, now: datetime) -> date | None:
    dates = delivery.choice and delivery.choice.method.find_dates(timezone.localdate(now))
    return dates[1] if dates else None


def find_end_of_hold(wishes: Wishes, *, now: datetime, minutes: int) -> datetime | None:
    """Until when an order waits to be paid online; one that is paid at the door waits for its parcel."""
    if wishes.payment_method == OrderPaymentMethod.CASH:
        return None
    return now + timedelta(minutes=minutes)


def copy_lines(*, order: Order, items: Sequence[CartItem], priced: PricedCart) -> list[OrderItem]:
    """The order's lines: what each product is called and costs at this moment."""
    return [
        OrderItem(
            order=order,
            product_id=item.product_id,
            title=item.product.full_title,
            sku=item.product.sku,
            hsn_code=item.product.hsn_code_in_force,
            quantity=line.quantity,
            list_price=line.list_unit.net,
            list_tax=line.list_unit.tax,
            sale_name=line.sale.name if line.sale else "",
            unit_price=line.unit.net,
            tax_rate=line.tax_rate,
            tax_kind=item.product.tax_kind,
            unit_tax=line.unit.tax,
            total=line.total,
            tier_discount=line.discounts.tier,
            coupon_discount=line.discounts.coupon,
            taxable=line.split.taxable,
            cgst=line.split.cgst,
            sgst=line.split.sgst,
            igst=line.split.igst,
        )
        for item, line in zip(items, priced.lines, strict=True)
    ]
