"""Orders in every state they reach, through the services that bring them there."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from accounts.models import Customer
from checkout.enums import OrderPaymentMethod, OrderStatus
from checkout.gateways.razorpay import GatewayPayment
from checkout.models import Order, Payment, PaymentIntent
from checkout.services.buyers import NO_WISHES, Buyer, Wishes
from checkout.services.expiry import cancel_order, expire_order
from checkout.services.fulfilment import fulfil_order
from checkout.services.intents import name_intent, prepare_intent
from checkout.services.orders import place_order
from checkout.services.payments import record_payment
from checkout.services.transitions import move_order
from shop.models import Product, ShippingZone
from tests.factories.carts import make_cart
from tests.factories.catalogue import make_item
from tests.factories.shipping import make_zone

numbers = count(1)
ADDRESS = {
    "name": "Asha Rao",
    "phone": "+919876543210",
    "line1": "12 MG Road",
    "line2": "Indiranagar",
    "city": "Bengaluru",
    "state": "KA",
    "postal_code": "560038",
}


def make_buyer(customer: Customer | None = None, *, email: str = "", **fields) -> Buyer:
    """A guest, or the customer, with an address."""
    if customer is None:
        return Buyer(email=email or "guest@example.com", **{**ADDRESS, **fields})
    return Buyer(
        email=email or customer.user.email,
        customer_id=customer.pk,
        user_id=customer.user_id,
        **{**ADDRESS, **fields},
    )


def make_order(
    *lines: tuple[Product, int],
    customer: Customer | None = None,
    now: datetime | None = None,
    coupon: str = "",
    wishes: Wishes = NO_WISHES,
    **buyer,
) -> Order:
    """A placed order of these products, of one new product unless given. Its stock is held."""
    cart = make_cart(*(lines or [(make_item(), 1)]), customer=customer)
    return place_order(
        cart_id=cart.pk,
        buyer=make_buyer(customer, **buyer),
        wishes=replace(wishes, coupon=coupon),
        now=now or timezone.now(),
    )


def make_cash_order(*lines: tuple[Product, int], **fields) -> Order:
    """A placed order to be paid in cash; the zone that allows it is made where there is none."""
    if not ShippingZone.objects.exists():
        make_zone(cash=True)
    return make_order(*lines, wishes=Wishes(payment_method=OrderPaymentMethod.CASH), **fields)


def make_sent_cash_order(*lines: tuple[Product, int], **fields) -> Order:
    """A cash order on its way, not paid yet."""
    return fulfil_order(order_id=make_cash_order(*lines, **fields).pk, at=timezone.now())


def make_expired_order(*lines: tuple[Product, int], **fields) -> Order:
    order = make_order(*lines, **fields)
    expire_order(order_id=order.pk, now=order.expires_at)
    return Order.objects.get(pk=order.pk)


def make_cancelled_order(*lines: tuple[Product, int], **fields) -> Order:
    order = make_order(*lines, **fields)
    return cancel_order(order_id=order.pk, why="Changed their mind", at=timezone.now())


def make_paid_order(*lines: tuple[Product, int], **fields) -> Order:
    """An order that a captured Razorpay payment has paid."""
    order = make_order(*lines, **fields)
    make_payment(make_intent(order))
    return Order.objects.get(pk=order.pk)


def make_order_in(status: OrderStatus | str, **fields) -> Order:
    """An order in this status, brought there along the table."""
    if status == OrderStatus.PLACED:
        return make_order(**fields)
    if status == OrderStatus.EXPIRED:
        return make_expired_order(**fields)
    if status == OrderStatus.CANCELLED:
        return make_cancelled_order(**fields)
    order = make_paid_order(**fields)
    for step in (OrderStatus.FULFILLED, OrderStatus.COMPLETED):
        if order.status != status:
            move_order(order=order, to_status=step, why="Test", at=timezone.now())
    return order


def make_intent(order: Order, *, razorpay_order_id: str = "") -> PaymentIntent:
    """An intent that Razorpay has named, without asking Razorpay."""
    intent = prepare_intent(order_id=order.pk, now=order.placed_at + timedelta(seconds=1))
    return name_intent(
        intent_id=intent.pk, razorpay_order_id=razorpay_order_id or f"order_test{next(numbers):010d}"
    )


def report_payment(
    intent: PaymentIntent,
    *,
    status: str = "captured",
    payment_id: str = "",
    amount: Decimal | None = None,
    currency: str = "INR",
    error: str = "",
) -> GatewayPayment:
    """What Razorpay would report of a payment for this intent."""
    return GatewayPayment(
        id=payment_id or f"pay_test{next(numbers):010d}",
        order_id=intent.razorpay_order_id,
        status=status,
        amount=intent.amount if amount is None else amount,
        currency=currency,
        method="upi",
        error=error,
    )


def make_payment(intent: PaymentIntent, **report) -> Payment:
    """A payment as Razorpay reported it, with its effect."""
    return record_payment(reported=report_payment(intent, **report))
