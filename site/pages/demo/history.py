"""Who bought from the demo shop, and what: orders of the past with their stock, payments and audit rows."""

import uuid
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from accounts.enums import IndianState
from accounts.models import Address, Customer, User
from accounts.services.users import register_user
from checkout.enums import IntentStatus, OrderPaymentMethod, OrderStatus, PaymentEffect, PaymentStatus
from checkout.models import CartItem, Order, OrderItem, Payment, PaymentIntent
from checkout.selectors.carts import price_items
from checkout.services.buyers import Buyer, Wishes
from checkout.services.choices import find_choices
from checkout.services.delivery import choose_delivery
from checkout.services.order_rows import copy_lines, order_columns
from checkout.services.quotes import find_terms
from checkout.services.transitions import move_order, record_transition
from database.transactions import entry_service
from pages.demo.customers import generate_customers
from pages.demo.orders import generate_orders
from pages.demo.specimens import DemoCustomer, DemoOrder
from shop.models import Product
from shop.services.stock import OutOfStock, Unavailable, hold_stock, release_stock

if TYPE_CHECKING:
    from pages.demo.seeding import Plan

ADMIN_USERNAME = "admin"
ADMIN_PASSWORD = "1122334455"
# A fixed namespace makes the same cart ids each time, so that a repeated step finds its orders.
CART_NAMESPACE = uuid.UUID("6f0c0f4e-7d0b-4b8e-9d62-2f0d9f8a1c11")
STATES = {str(label): code for code, label in IndianState.choices}
HELD = timedelta(minutes=30)
PAID_OUTCOMES = ("paid", "fulfilled", "completed")


def seed_customers(plan: "Plan") -> None:
    customers = generate_customers()
    present = set(User.objects.values_list("username", flat=True))
    for customer in plan.progress.track("Customers", customers, len(customers)):
        if customer.username not in present:
            add_customer(customer)


def add_customer(customer: DemoCustomer) -> None:
    # Nobody can sign in as them: they have no password.
    user = register_user(
        username=customer.username,
        email=customer.email,
        password=None,
        first_name=customer.first_name,
        last_name=customer.last_name,
    )
    Customer.objects.filter(user=user).update(phone=customer.phone)
    Address.objects.create(customer=user.customer, **address_of(customer))


def address_of(customer: DemoCustomer) -> dict[str, str]:
    return {
        "name": f"{customer.first_name} {customer.last_name}",
        "phone": customer.phone,
        "line1": customer.street,
        "line2": customer.area,
        "city": customer.city,
        "state": STATES[customer.state],
        "postal_code": customer.pin_code,
    }


def seed_orders(plan: "Plan") -> None:
    people = generate_customers()
    orders = generate_orders(plan.products, people)
    present = set(Order.objects.values_list("cart_id", flat=True))
    today = timezone.localdate()
    # In the order of the day: invoices are numbered as they are written.
    numbered = sorted(enumerate(orders), key=lambda pair: (-pair[1].days_ago, pair[1].minutes))
    for number, order in plan.progress.track("Orders", numbered, len(numbered)):
        cart_id = uuid.uuid5(CART_NAMESPACE, str(number))
        if cart_id not in present:
            moment = datetime.combine(today - timedelta(days=order.days_ago), time())
            placed_at = timezone.make_aware(moment) + timedelta(minutes=order.minutes)
            placed_at = min(placed_at, timezone.now() - timedelta(hours=2))
            add_order(order, customer=people[order.customer], cart_id=cart_id, placed_at=placed_at)


def add_order(order: DemoOrder, *, customer: DemoCustomer, cart_id: uuid.UUID, placed_at: datetime) -> None:
    try:
        write_order(order, customer=customer, cart_id=cart_id, placed_at=placed_at)
    except (OutOfStock, Unavailable):
        pass  # others bought the last ones first, as in any shop


@entry_service
def write_order(order: DemoOrder, *, customer: DemoCustomer, cart_id: uuid.UUID, placed_at: datetime) -> None:
    """An order with all that placing, paying or expiring it would have written, except mails."""
    products = {item.sku: item for item in Product.objects.filter(sku__in=[line.sku for line in order.lines])}
    items = [CartItem(product=products[line.sku], quantity=line.quantity) for line in order.lines]
    buyer_id = Customer.objects.get(user__username=customer.username).pk
    buyer = Buyer(email=customer.email, customer_id=buyer_id, **address_of(customer))
    method = OrderPaymentMethod.CASH if order.payment_method == "cod" else OrderPaymentMethod.ONLINE
    # What is too costly to pay at the door was paid online.
    wishes = find_choices(items, buyer=buyer, wishes=Wishes(payment_method=method), at=placed_at).wishes
    delivery = choose_delivery(buyer=buyer, wishes=wishes)
    terms = find_terms(buyer=buyer, wishes=wishes, at=placed_at, delivery=delivery)
    priced = price_items(items, at=placed_at, terms=terms)
    columns = order_columns(
        cart_id=cart_id,
        buyer=buyer,
        priced=priced,
        terms=terms,
        now=placed_at,
        wishes=wishes,
        delivery=delivery,
    )
    made = Order.objects.create(**columns)
    lines = OrderItem.objects.bulk_create(copy_lines(order=made, items=items, priced=priced))
    hold_stock(quantities={line.product_id: line.quantity for line in lines}, order_id=made.pk)
    record_transition(order=made, from_status="", to_status=OrderStatus.PLACED, why="Placed", at=placed_at)
    if order.outcome not in PAID_OUTCOMES:
        end(made, order, lines)
    elif made.is_cash:
        deliver_for_cash(made, order)
    else:
        pay(made, order)
        deliver(made, order)


def pay(made: Order, order: DemoOrder) -> None:
    paid_at = made.placed_at + timedelta(minutes=4)
    reference = uuid.uuid5(CART_NAMESPACE, f"payment {made.cart_id}").hex[:14]
    wanted = {"amount": made.total, "currency": made.currency, "created_at": paid_at}
    intent = PaymentIntent.objects.create(
        order=made, razorpay_order_id=f"order_{reference}", status=IntentStatus.PAID, **wanted
    )
    Payment.objects.create(
        order=made,
        intent=intent,
        provider_id=f"pay_{reference}",
        status=PaymentStatus.CAPTURED,
        effect=PaymentEffect.APPLIED,
        method=order.payment_method,
        captured_at=paid_at,
        **wanted,
    )
    move_order(
        order=made, to_status=OrderStatus.PAID, why=f"Payment pay_{reference}", at=paid_at, paid_at=paid_at
    )


def deliver(made: Order, order: DemoOrder) -> None:
    if order.outcome in ("fulfilled", "completed"):
        sent_at = made.placed_at + timedelta(days=1)
        move_order(order=made, to_status=OrderStatus.FULFILLED, why="Sent", at=sent_at)
    if order.outcome == "completed":
        arrived_at = made.placed_at + timedelta(days=5)
        move_order(order=made, to_status=OrderStatus.COMPLETED, why="Delivered", at=arrived_at)


def deliver_for_cash(made: Order, order: DemoOrder) -> None:
    """The newest wait to be sent, others are on their way unpaid, the rest is paid and done."""
    if order.outcome in ("fulfilled", "completed"):
        sent_at = made.placed_at + timedelta(days=1)
        move_order(order=made, to_status=OrderStatus.FULFILLED, why="Sent", at=sent_at)
    if order.outcome == "completed":
        paid_at = made.placed_at + timedelta(days=5)
        Payment.objects.create(
            order=made,
            provider="manual",
            provider_id=f"manual-{uuid.uuid5(CART_NAMESPACE, f'payment {made.cart_id}')}",
            status=PaymentStatus.CAPTURED,
            effect=PaymentEffect.APPLIED,
            method="cash",
            amount=made.total,
            currency=made.currency,
            created_at=paid_at,
            captured_at=paid_at,
        )
        move_order(
            order=made,
            to_status=OrderStatus.COMPLETED,
            why="Cash recorded by staff",
            at=paid_at,
            paid_at=paid_at,
        )


def end(made: Order, order: DemoOrder, lines: list[OrderItem]) -> None:
    # Only what should be paid online in time can expire.
    is_expired = order.outcome == "expired" and not made.is_cash
    status = OrderStatus.EXPIRED if is_expired else OrderStatus.CANCELLED
    why = "Not paid in time" if is_expired else "Cancelled by the customer"
    move_order(order=made, to_status=status, why=why, at=made.placed_at + HELD)
    release_stock(quantities={line.product_id: line.quantity for line in lines}, order_id=made.pk)


def seed_admin(plan: "Plan") -> None:
    """The well-known account, only where settings allow a demo shop at all."""
    if settings.DEMO_DATA_ALLOWED and not User.objects.filter(username=ADMIN_USERNAME).exists():
        User.objects.create_superuser(
            username=ADMIN_USERNAME, email="admin@example.com", password=ADMIN_PASSWORD
        )
